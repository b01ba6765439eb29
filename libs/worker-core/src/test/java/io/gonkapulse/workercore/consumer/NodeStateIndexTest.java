package io.gonkapulse.workercore.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.contracts.json.SnapshotScanner;
import io.gonkapulse.testkit.messages.TestMessages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeStateIndexTest {

    private static final int NODES = 5_000;

    private final NodeStateIndex<StringBuilder> index = new NodeStateIndex<>(node -> new StringBuilder(node.value()));
    private final SnapshotScanner scanner = new SnapshotScanner();
    private final SnapshotCodec codec = new SnapshotCodec();

    @Test
    void keepsOneStatePerNode() {
        for (int i = 0; i < NODES; i++) {
            NodeIdentifier node = TestMessages.node(i);
            StringBuilder first = index.findOrCreate(node);

            assertThat(find(json(node))).isSameAs(first).hasToString(node.value());
        }
        assertThat(index).doesNotHaveDuplicates().hasSize(NODES);
    }

    @Test
    void keepsStateUntilCleared() {
        for (int i = 0; i < NODES; i++) {
            NodeIdentifier node = TestMessages.node(i);
            StringBuilder first = find(json(node));

            assertThat(first).isNotNull().hasToString(node.value());
            assertThat(find(json(node))).isSameAs(first);
        }
        assertThat(index).hasSize(NODES);
        index.clear();
        assertThat(index.size()).isZero();
        assertThat(index).isEmpty();
    }

    @Test
    void declinesInvalidAddress() {
        NodeIdentifier node = TestMessages.node(1);
        String valid = new String(json(node), UTF_8);

        assertThat(find(valid.replace(node.value(), node.value() + "q").getBytes(UTF_8)))
                .isNull();
        assertThat(find(valid.replace(node.value(), "gonka1").getBytes(UTF_8))).isNull();
        assertThat(index.size()).isZero();
    }

    private @Nullable StringBuilder find(byte[] json) {
        assertThat(scanner.scan(json, Long.MAX_VALUE)).isTrue();
        return index.findOrCreate(scanner);
    }

    private byte[] json(NodeIdentifier node) {
        return codec.encode(TestMessages.live().node(node).build());
    }
}

package io.gonkapulse.apigateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.nodes.NodeStateReader.NodeState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchedNodesTest {

    private static final long LINGER = Duration.ofSeconds(60).toNanos();

    private long nanos;
    private final WatchedNodes nodes = new WatchedNodes(() -> nanos);

    @Test
    void keepsKnownNodeForMinute() throws IOException {
        nodes.leave(join(Set.of("gonka1a")), nanos);
        nanos = LINGER - 1;
        nodes.removeUnused();
        assertThat(nodes.isEmpty()).isFalse();

        nanos = LINGER;
        nodes.removeUnused();
        assertThat(nodes.isEmpty()).isTrue();
    }

    @Test
    void forgetsUnknownNodeAtOnce() throws IOException {
        StreamConnection stream = connection(Set.of("gonka1a"));
        nodes.join(stream);
        nodes.leave(stream, nanos);
        nodes.removeUnused();

        assertThat(nodes.isEmpty()).isTrue();
    }

    @Test
    void usedNodesTakeRoom() throws IOException {
        join(Set.of("gonka1a"));

        assertThat(nodes.hasRoomFor(WatchedNodes.MAX_NODES)).isFalse();
        assertThat(nodes.hasRoomFor(WatchedNodes.MAX_NODES - 1)).isTrue();
    }

    @Test
    void unusedNodesTakeNoRoom() throws IOException {
        nodes.leave(join(Set.of("gonka1a")), nanos);

        assertThat(nodes.hasRoomFor(WatchedNodes.MAX_NODES)).isTrue();
    }

    @Test
    void newNodesReplaceOldestUnusedOnes() throws IOException {
        StreamConnection older = join(Set.of("gonka1a"));
        StreamConnection newer = join(Set.of("gonka1b"));
        nodes.leave(newer, 2);
        nodes.leave(older, 1);
        join(IntStream.range(1, WatchedNodes.MAX_NODES)
                .mapToObj(i -> "gonka1c" + i)
                .collect(Collectors.toSet()));

        assertThat(nodes.get("gonka1a")).isNull();
        assertThat(nodes.get("gonka1b")).isNotNull();
    }

    @Test
    void separatesLoadedNodes() throws IOException {
        join(Set.of("gonka1a"));
        nodes.join(connection(Set.of("gonka1b")));

        assertThat(nodes.identifiers(true)).containsExactly("gonka1a");
        assertThat(nodes.identifiers(false)).containsExactly("gonka1b");
    }

    /** Adds a stream of known nodes. */
    private StreamConnection join(Set<String> identifiers) throws IOException {
        StreamConnection stream = connection(identifiers);
        nodes.join(stream);
        for (String identifier : identifiers) {
            WatchedNode node = Objects.requireNonNull(nodes.get(identifier));
            node.isLoaded = true;
            node.state = new NodeState(identifier, List.of(), Map.of());
        }
        return stream;
    }

    private StreamConnection connection(Set<String> identifiers) throws IOException {
        return new StreamConnection(
                new StreamRequest(identifiers, null, () -> true),
                StubServlet.async(new SlowOutputStream(), method -> {}),
                message -> new byte[0],
                () -> nanos,
                (stream, reason) -> {});
    }
}

package io.gonkapulse.benchmarks;

import io.gonkapulse.benchmarks.consumers.FlatSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Instant;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/** One poll of 10,000 nodes, as objects and as bytes. */
@State(Scope.Benchmark)
public class SnapshotSamples {

    private static final int NODES = 10_000;
    private static final String[] MODELS = {
        "Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "Qwen/Qwen3-32B-FP8", "Qwen/Qwen2.5-7B-Instruct"
    };
    private static final String[] GPUS = {"H100", "H200", "RTX 3090", "A100"};

    private final Snapshot[] messages =
            IntStream.range(0, NODES).mapToObj(SnapshotSamples::snapshot).toArray(Snapshot[]::new);
    private final byte[][] json = encodeAll(messages);
    private int next;

    /** Values vary in length like production data, because number parsing depends on it. */
    private static Snapshot snapshot(int i) {
        return TestMessages.live()
                .node(TestMessages.node(i * 7_919))
                .tracker("hyperfusion")
                .poll("hyperfusion-1765202218")
                .fetchedAt(Instant.parse("2025-12-08T13:56:58.750123Z"))
                .earned(i * 3_805_123L)
                .inferences(i % 977)
                .missed(i % 7)
                .weight(i * 31L % 10_000)
                .model(MODELS[i % MODELS.length])
                .gpu(GPUS[i % GPUS.length], 8L)
                .build();
    }

    private static byte[][] encodeAll(Snapshot[] messages) {
        SnapshotCodec codec = new SnapshotCodec();
        byte[][] json = new byte[messages.length][];
        for (int i = 0; i < messages.length; i++) {
            json[i] = codec.encode(messages[i]);
        }
        return json;
    }

    /** Returns samples in turn, so that the branch predictor does not learn a single one. */
    byte[] nextJson() {
        return json[next()];
    }

    Snapshot nextMessage() {
        return messages[next()];
    }

    private int next() {
        next = next + 1 == NODES ? 0 : next + 1;
        return next;
    }

    /** The samples as objects that plain databind encodes. */
    @State(Scope.Benchmark)
    public static class FlatSamples {

        private static final int NODES = 10_000;

        private final FlatSnapshot[] messages = new FlatSnapshot[NODES];
        private int next;

        public FlatSamples() {
            SnapshotSamples samples = new SnapshotSamples();
            for (int i = 0; i < NODES; i++) {
                messages[i] = JsonMapper.shared().readValue(samples.nextJson(), FlatSnapshot.class);
            }
        }

        FlatSnapshot next() {
            next = next + 1 == NODES ? 0 : next + 1;
            return messages[next];
        }
    }
}

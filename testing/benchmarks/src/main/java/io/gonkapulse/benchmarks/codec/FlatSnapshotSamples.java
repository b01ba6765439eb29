package io.gonkapulse.benchmarks.codec;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/** The samples as objects that plain databind encodes. */
@State(Scope.Benchmark)
public class FlatSnapshotSamples {

    private static final int NODES = 10_000;

    private final FlatSnapshot[] messages = new FlatSnapshot[NODES];
    private int next;

    public FlatSnapshotSamples() {
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

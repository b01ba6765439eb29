package io.gonkapulse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.benchmarks.consumers.FlatSnapshot;
import io.gonkapulse.contracts.LiveSnapshot;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The compared variants must do equal work. */
class CodecBenchmarkTest {

    private final CodecBenchmark benchmark = new CodecBenchmark();

    @Test
    void decodersReadSameValues() {
        SnapshotSamples samples = new SnapshotSamples();
        LiveSnapshot ours = (LiveSnapshot) benchmark.decode(samples);
        FlatSnapshot peer = (FlatSnapshot) benchmark.decodeByDatabind(new SnapshotSamples());

        assertThat(peer.node()).isEqualTo(ours.node().value());
        assertThat(peer.earned()).isEqualTo(ours.counters().earned().amount());
        assertThat(peer.observedAt()).isEqualTo(ours.origin().observedAt());
        assertThat(peer.model()).isEqualTo(ours.facts().model());
    }

    @Test
    void encodersWriteSameFields() {
        byte[] ours = benchmark.encode(new SnapshotSamples());
        byte[] peer = benchmark.encodeByDatabind(new SnapshotSamples.FlatSamples());

        assertThat(JsonMapper.shared().readTree(peer).propertyNames())
                .containsAll(JsonMapper.shared().readTree(ours).propertyNames());
    }

    @Test
    void scanReadsEveryToken() {
        byte[] json = new SnapshotSamples().nextJson();
        int fields = JsonMapper.shared().readTree(json).size();

        assertThat(benchmark.scan(new SnapshotSamples())).isEqualTo(2 + 2 * fields);
    }
}

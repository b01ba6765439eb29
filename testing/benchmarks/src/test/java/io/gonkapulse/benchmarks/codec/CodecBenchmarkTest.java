package io.gonkapulse.benchmarks.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.LiveSnapshot;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A benchmark that compares unequal work would say nothing. */
class CodecBenchmarkTest {

    private final CodecBenchmark benchmark = new CodecBenchmark();

    @Test
    void bothDecodersReadTheSameValues() {
        SampleSnapshots samples = new SampleSnapshots();
        LiveSnapshot ours = (LiveSnapshot) benchmark.decode(samples);
        FlatSnapshot peer = (FlatSnapshot) benchmark.decodeByDatabind(new SampleSnapshots());

        assertThat(peer.node()).isEqualTo(ours.node().value());
        assertThat(peer.earned()).isEqualTo(ours.counters().earned().amount());
        assertThat(peer.observedAt()).isEqualTo(ours.origin().observedAt());
        assertThat(peer.model()).isEqualTo(ours.facts().model());
    }

    @Test
    void bothEncodersWriteTheSameFields() {
        byte[] ours = benchmark.encode(new SampleSnapshots());
        byte[] peer = benchmark.encodeByDatabind(new FlatSnapshots());

        assertThat(JsonMapper.shared().readTree(peer).propertyNames())
                .containsAll(JsonMapper.shared().readTree(ours).propertyNames());
    }

    @Test
    void theScanSeesEveryToken() {
        byte[] json = new SampleSnapshots().nextJson();
        int fields = JsonMapper.shared().readTree(json).size();

        assertThat(benchmark.scan(new SampleSnapshots())).isEqualTo(2 + 2 * fields);
    }
}

package io.gonkapulse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.benchmarks.results.LatencySamples;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTableTest {

    @Test
    void rendersMedianAndP99() {
        List<Double> times =
                IntStream.rangeClosed(1, 200).mapToObj(time -> (double) time).toList();
        assertThat(new LatencyTable(List.of(new LatencySamples("seen", times))).render())
                .contains("| seen | 200 | 100.0 | 198.0 | 200.0 |");
    }

    @Test
    void rendersSingleSampleForAllPercentiles() {
        assertThat(new LatencyTable(List.of(new LatencySamples("seen", List.of(7.25)))).render())
                .contains("| seen | 1 | 7.3 | 7.3 | 7.3 |");
    }
}

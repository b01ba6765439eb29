package io.gonkapulse.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencySamplesTest {

    @Test
    void rendersMedianAndP99() {
        List<Double> times =
                IntStream.rangeClosed(1, 200).mapToObj(time -> (double) time).toList();
        assertThat(LatencySamples.render(List.of(new LatencySamples("seen", times))))
                .contains("| seen | 200 | 100.0 | 198.0 | 200.0 |");
    }

    @Test
    void rendersSingleSampleForAllPercentiles() {
        assertThat(LatencySamples.render(List.of(new LatencySamples("seen", List.of(7.25)))))
                .contains("| seen | 1 | 7.3 | 7.3 | 7.3 |");
    }
}

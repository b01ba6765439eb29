package io.gonkapulse.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTableTest {

    @Test
    void namesTheTimeThatNinetyNineOfAHundredKeep() {
        List<Double> times =
                IntStream.rangeClosed(1, 200).mapToObj(time -> (double) time).toList();
        assertThat(new LatencyTable(List.of(new Latency("seen", times))).render())
                .contains("| seen | 200 | 100.0 | 198.0 | 200.0 |");
    }

    @Test
    void takesTheOnlyTimeForAll() {
        assertThat(new LatencyTable(List.of(new Latency("seen", List.of(7.25)))).render())
                .contains("| seen | 1 | 7.3 | 7.3 | 7.3 |");
    }
}

package io.gonkapulse.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.benchmarks.api.LatencyTable.LatencyRow;
import io.gonkapulse.benchmarks.api.LoadOptions.LoadResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyTableTest {

    @Test
    void rendersMedianAndRangeOfRuns() {
        List<LoadResult> runs = List.of(
                new LoadResult(900, 3, 2, 30, 90, 5),
                new LoadResult(1_100, 1, 1, 10, 60, 4),
                new LoadResult(1_000, 2, 3, 15, 70, 6));

        assertThat(LatencyTable.render(List.of(new LatencyRow("page, half", 1_234, runs))))
                .contains("| page, half | 1,234 | 1,000 | 2 | 2.0 | 15.0 (10.0–30.0) | 70.0 | 5.0 |");
    }
}

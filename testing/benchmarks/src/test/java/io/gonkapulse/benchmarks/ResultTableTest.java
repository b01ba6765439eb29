package io.gonkapulse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.benchmarks.results.ThroughputSamples;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void rendersMedianSpreadAndRatio() {
        ResultRow limit = ResultRow.of("limit", new ThroughputSamples(List.of(1_000.0, 3_000.0, 2_000.0)));
        ResultRow ours = ResultRow.of("ours", new ThroughputSamples(List.of(1_500.0, 1_500.0)))
                .comparedWith(limit);
        ResultTable table = new ResultTable();
        table.add(List.of(limit, ours));

        assertThat(table.render())
                .contains("| limit | 2,000 | 50 % |  |")
                .contains("| ours | 1,500 | 0 % | 0.75× limit |");
    }

    @Test
    void medianOfEvenCountIsInterpolated() {
        assertThat(new ThroughputSamples(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
    }

    @Test
    void rejectsEmptySamples() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ThroughputSamples(List.of()));
    }
}

package io.gonkapulse.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultRowTest {

    @Test
    void rendersMedianSpreadAndRatio() {
        ResultRow limit = ResultRow.of("limit", List.of(1_000.0, 3_000.0, 2_000.0));
        ResultRow ours = ResultRow.of("ours", List.of(1_500.0, 1_500.0)).comparedWith(limit);

        assertThat(ResultRow.render(List.of(limit, ours)))
                .contains("| limit | 2,000 | 50 % |  |")
                .contains("| ours | 1,500 | 0 % | 0.75× limit |");
    }

    @Test
    void medianOfEvenCountIsInterpolated() {
        assertThat(ResultRow.of("even", List.of(4.0, 1.0, 2.0, 3.0)).perSecond())
                .isEqualTo(2.5);
    }

    @Test
    void rejectsEmptySamples() {
        assertThatIllegalArgumentException().isThrownBy(() -> ResultRow.of("empty", List.of()));
    }
}

package io.gonkapulse.benchmarks.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gonkapulse.benchmarks.harness.MemoryFootprint;
import io.gonkapulse.benchmarks.harness.ResultRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollerMeasurementsTest {

    private final PollerMeasurements measurements = new PollerMeasurements(
            "kind",
            List.of("POLL 10", "POLL 30", "POLL 20", "FOOTPRINT 1 2 3 4", "FETCH 40", "READ 80", "PUBLISH 100"));

    @Test
    void comparesPollWithEachStage() {
        assertThat(measurements.resultRows())
                .extracting(ResultRow::name, ResultRow::perSecond, ResultRow::ratio)
                .contains(
                        tuple("kind: poll", 20.0, 0.5),
                        tuple("kind: poll", 20.0, 0.25),
                        tuple("kind: poll", 20.0, 0.2));
    }

    @Test
    void parsesFootprint() {
        assertThat(measurements.footprint()).isEqualTo(new MemoryFootprint("kind", 1, 2, 3, 4));
    }
}

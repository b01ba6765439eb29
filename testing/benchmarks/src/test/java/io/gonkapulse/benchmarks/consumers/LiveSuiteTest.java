package io.gonkapulse.benchmarks.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.benchmarks.harness.EffortLevel;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class LiveSuiteTest {

    @Test
    void reportsThroughputAndCost() {
        assertThat(new LiveSuite(InstantSource.system()).run(EffortLevel.QUICK))
                .containsPattern("\\| 100 nodes, 3 days of history \\| [1-9][\\d,]* \\| \\d+\\.\\d \\| [1-9]");
    }
}

package io.gonkapulse.benchmarks.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.benchmarks.harness.EffortLevel;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class RebuildSuiteTest {

    @Test
    void comparesRebuildWithPeers() {
        assertThat(new RebuildSuite(InstantSource.fixed(Instant.EPOCH)).run(EffortLevel.QUICK))
                .hasSize(6)
                .allSatisfy(row -> assertThat(row.perSecond()).isPositive());
    }
}

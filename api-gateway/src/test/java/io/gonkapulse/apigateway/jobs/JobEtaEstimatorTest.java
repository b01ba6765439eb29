package io.gonkapulse.apigateway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.jobs.JobResponse.Eta;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobEtaEstimatorTest {

    private static final Instant STARTED = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void averagesRuns() {
        assertThat(JobEtaEstimator.estimate(STARTED, null, List.of(60_000L, 30_001L, 90_000L)))
                .isEqualTo(new Eta(STARTED.plusMillis(60_000), 60_000, 60_000, 90_000, null));
    }

    @Test
    void expectsHalfMinuteAtLeast() {
        assertThat(JobEtaEstimator.estimate(STARTED, 31_000L, List.of(1L, 2L, 3L)))
                .isEqualTo(new Eta(STARTED.plusMillis(30_000), 30_000, 2, 3, 1_000L));
    }

    @Test
    void needsThreeRuns() {
        assertThat(JobEtaEstimator.estimate(STARTED, null, List.of(60_000L, 60_000L)))
                .isNull();
    }
}

package io.gonkapulse.jobrecorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.jobrecorder.maintenance.JobMetrics;
import io.gonkapulse.jobrecorder.merge.JobTablesFixture;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.workload.SimulatedRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobMetricsTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final JobTablesFixture tables;

    JobMetricsTest(TestDatabase database) {
        tables = new JobTablesFixture(database);
    }

    @AfterAll
    void close() {
        tables.close();
    }

    @Test
    void sumsLostEventsOfTheLastDay() {
        tables.apply(List.of(
                report(1, "job-reporter.lost-events", NOW.minusSeconds(60), "3"),
                report(2, "job-reporter.lost-events", NOW.minusSeconds(30), "4"),
                report(3, "job-reporter.lost-events", NOW.minusSeconds(20), "\"many\""),
                report(4, "job-reporter.lost-events", NOW.minusSeconds(10), "-9"),
                report(5, "job-reporter.lost-events", NOW.minusSeconds(100_000), "50"),
                report(6, "nightly-report", NOW.minusSeconds(10), "700")));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();

        new JobMetrics(tables.jdbc, InstantSource.fixed(NOW), meters).refresh();

        assertThat(meters.get("gonkapulse.jobs.events.lost").gauge().value()).isEqualTo(7);
        assertThat(meters.get("gonkapulse.jobs.lost").gauge().value()).isZero();
    }

    private static SimulatedRecord report(int number, String bot, Instant at, String events) {
        String id = "0199c1a0-0000-7000-8000-00000000000" + number;
        return new SimulatedRecord(
                id,
                "{\"v\":1,\"jobId\":\"" + id + "\",\"event\":\"succeeded\",\"at\":\"" + at
                        + "\",\"source\":\"test\",\"botId\":\"" + bot + "\",\"startedAt\":\"" + at
                        + "\",\"result\":{\"events\":" + events + "}}",
                at.toEpochMilli(),
                0);
    }
}

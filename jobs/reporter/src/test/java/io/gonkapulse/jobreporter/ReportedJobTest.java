package io.gonkapulse.jobreporter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.contracts.job.JobStage;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportedJobTest {

    private final TestReporter test = new TestReporter();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void everyEventRepeatsWhatIsKnown() {
        UUID id = UUID.fromString("0192d3a4-5f2c-7abc-8def-0123456789ab");
        UUID parent = UUID.fromString("0192d3a4-5f2c-7abc-8def-0123456789ac");
        JobCreator creator = new JobCreator("ops", "admin", null);
        Instant accepted = Instant.parse("2026-11-28T09:59:00Z");

        test.reporter
                .job("nightly-report")
                .id(id)
                .parent(parent)
                .createdBy(creator)
                .acceptedAt(accepted)
                .attempt(2)
                .trace("00-1-2-01")
                .lease(Duration.ofMinutes(1))
                .start()
                .succeed();

        assertThat(test.closeAndRead()).hasSize(2).allSatisfy(event -> {
            assertThat(event.jobId()).isEqualTo(id);
            assertThat(event.description().botId()).isEqualTo("nightly-report");
            assertThat(event.description().createdBy()).isEqualTo(creator);
            assertThat(event.description().parentId()).isEqualTo(parent);
            assertThat(event.description().trace()).isEqualTo("00-1-2-01");
            assertThat(event.attempt().number()).isEqualTo(2);
            assertThat(event.attempt().acceptedAt()).isEqualTo(accepted);
            assertThat(event.attempt().startedAt()).isEqualTo(Instant.parse("2026-11-28T10:00:00Z"));
            assertThat(event.attempt().leaseMillis()).isEqualTo(60_000);
            assertThat(event.origin().source()).isEqualTo("test");
        });
        assertThat(test.publisher.events())
                .extracting(event -> event.origin().seq())
                .containsExactly(1L, 2L);
    }

    @Test
    void idsSortByTime() {
        try (ReportedJob job = test.reporter.start("a")) {
            assertThat(job.id().version()).isEqualTo(7);
            assertThat(job.id().variant()).isEqualTo(2);
            assertThat(job.id().getMostSignificantBits() >>> 16).isEqualTo(test.time.millis());
        }
    }

    @Test
    void stageEndsTheOneBefore() {
        ReportedJob job = test.reporter.start("a", null, Map.of("day", 3));
        job.stage("load", Map.of("rows", 7));
        test.time.advance(Duration.ofMillis(600));
        job.stage("compare");
        test.time.advance(Duration.ofMillis(400));
        job.succeed(Map.of("ok", true));

        List<JobEvent> events = test.closeAndRead();
        assertThat(test.publisher.words())
                .containsExactly(
                        "started", "stage.started", "stage.succeeded", "stage.started", "stage.succeeded", "succeeded");
        assertThat(events.get(0).details().meta()).isEqualTo("{\"day\":3}");
        assertThat(stage(events.get(1)).meta()).isEqualTo("{\"rows\":7}");
        assertThat(stage(events.get(2)).no()).isEqualTo(1);
        assertThat(stage(events.get(2)).durationMillis()).isEqualTo(600);
        assertThat(stage(events.get(4)).name()).isEqualTo("compare");
        assertThat(stage(events.get(4)).startedAt()).isEqualTo(Instant.parse("2026-11-28T10:00:00.600Z"));
        assertThat(events.get(5).attempt().elapsedMillis()).isEqualTo(1_000);
        assertThat(events.get(5).details().result()).isEqualTo("{\"ok\":true}");
    }

    @Test
    void durationsIgnoreStepsOfTheClock() {
        ReportedJob job = test.reporter.start("a");
        job.stage("load");
        test.time.advance(Duration.ofSeconds(2));
        test.time.setWallBack(Duration.ofMinutes(5));
        job.stage("compare");
        test.time.setWallBack(Duration.ofMinutes(-10));
        test.time.advance(Duration.ofSeconds(1));
        job.succeed();

        List<JobEvent> events = test.closeAndRead();
        assertThat(stage(events.get(2)).durationMillis()).isEqualTo(2_000);
        assertThat(stage(events.get(4)).durationMillis()).isEqualTo(1_000);
        assertThat(events.get(5).attempt().elapsedMillis()).isEqualTo(3_000);
        assertThat(events.get(5).at()).isEqualTo(Instant.parse("2026-11-28T10:05:03Z"));
    }

    @Test
    void failureEndsStageWithStack() {
        ReportedJob job = test.reporter.start("a");
        job.stage("load");
        job.fail(new IllegalStateException("no \u0000 rows"));

        List<JobEvent> events = test.closeAndRead();
        assertThat(test.publisher.words()).endsWith("stage.failed", "failed");
        JobError error = requireNonNull(events.get(3).details().error());
        assertThat(error.name()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.message()).isEqualTo("no \uFFFD rows");
        assertThat(error.stack()).contains("failureEndsStageWithStack");
        assertThat(stage(events.get(2)).error()).isEqualTo(error);
    }

    @Test
    void jobWithoutOutcomeIsAbandoned() {
        test.reporter.start("a").close();

        assertThat(test.closeAndRead()).last().satisfies(event -> {
            assertThat(event.type()).isEqualTo(JobEventType.FAILED);
            assertThat(requireNonNull(event.details().error()).name()).isEqualTo("Abandoned");
        });
    }

    @Test
    void cancelLeavesItsStageOpen() {
        ReportedJob job = test.reporter.start("a");
        job.stage("load");
        job.cancel("not needed");
        job.close();

        List<JobEvent> events = test.closeAndRead();
        assertThat(test.publisher.words()).containsExactly("started", "stage.started", "canceled");
        assertThat(requireNonNull(events.get(2).details().error()).message()).isEqualTo("not needed");
    }

    @Test
    void onlyFirstOutcomeCounts() {
        ReportedJob job = test.reporter.start("a");
        job.succeed();
        job.fail(new IllegalStateException());
        job.cancel(null);
        job.stage("late");
        job.progress(Map.of("done", 1));
        job.close();

        test.close();
        assertThat(test.publisher.words()).containsExactly("started", "succeeded");
    }

    @Test
    void heartbeatFollowsThirdOfLease() {
        BufferedJob job = (BufferedJob) test.reporter.start("a");
        test.time.advance(Duration.ofMillis(9_999));
        job.reportHeartbeatIfDue();
        job.progress(Map.of("done", 1));
        test.time.advance(Duration.ofMillis(9_999));
        job.reportHeartbeatIfDue();
        test.time.advance(Duration.ofMillis(1));
        job.reportHeartbeatIfDue();
        job.succeed();
        test.time.advance(Duration.ofMinutes(1));
        job.reportHeartbeatIfDue();

        assertThat(test.closeAndRead().stream().filter(event -> event.type() == JobEventType.HEARTBEAT))
                .singleElement()
                .satisfies(event -> assertThat(event.attempt().elapsedMillis()).isEqualTo(19_999));
    }

    @Test
    void stagesAboveTheLimitAreLeftOut() {
        ReportedJob job = test.reporter.start("a");
        for (int i = 0; i < JobLimits.MAX_STAGES + 5; i++) {
            job.stage("s");
        }
        job.succeed();

        test.close();
        assertThat(test.publisher.words()).hasSize(2 + 2 * JobLimits.MAX_STAGES);
        assertThat(test.reporter.counts().lost()).isZero();
    }

    @Test
    void callerMayChangeItsMap() {
        test.publisher.pause();
        Map<String, Object> meta = new HashMap<>(Map.of("day", 3));
        ReportedJob job = test.reporter.start("a", null, meta);
        meta.put("day", 4);
        job.succeed();

        assertThat(test.closeAndRead().get(0).details().meta()).isEqualTo("{\"day\":3}");
    }

    @Test
    void failingMetaNeverReachesCaller() {
        Map<String, Object> unreadable = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new IllegalStateException("unreadable");
            }
        };
        Object unprintable = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("unprintable");
            }
        };
        ReportedJob job = test.reporter.start("a", null, unreadable);
        job.progress(Map.of("value", unprintable));
        job.succeed();

        List<JobEvent> events = test.closeAndRead();
        assertThat(events.get(0).details().meta()).contains("Cannot read the values: java.lang.IllegalStateException");
        assertThat(events.get(1).details().progress())
                .contains("Cannot write the values: java.lang.IllegalStateException");
        assertThat(events).hasSize(3);
    }

    @Test
    void failingExceptionStillFailsJob() {
        test.reporter.start("a").fail(new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalArgumentException();
            }
        });

        assertThat(requireNonNull(test.closeAndRead().get(1).details().error()).message())
                .isEqualTo("Cannot read the message: java.lang.IllegalArgumentException");
    }

    @Test
    void wrongBotIdIsCountedAndNotThrown() {
        try (ReportedJob job = test.reporter.start("Nightly Report")) {
            job.stage("load");
        }

        assertThat(test.closeAndRead()).isEmpty();
        assertThat(test.reporter.counts().rejected())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        JobEventType.STARTED, 1L,
                        JobEventType.STAGE_STARTED, 1L,
                        JobEventType.STAGE_FAILED, 1L,
                        JobEventType.FAILED, 1L));
    }

    @Test
    void endlessLeaseIsCountedAndNotThrown() {
        test.reporter.job("a").lease(Duration.ofSeconds(Long.MAX_VALUE)).start().succeed();

        assertThat(test.closeAndRead()).isEmpty();
        assertThat(test.reporter.counts().lost()).isEqualTo(2);
    }

    private static JobStage stage(JobEvent event) {
        return requireNonNull(event.details().stage());
    }
}

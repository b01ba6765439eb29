package io.gonkapulse.testkit.workload;

import static io.gonkapulse.testkit.workload.JobRecords.field;
import static io.gonkapulse.testkit.workload.JobRecords.time;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.testkit.workload.ReferenceJob.CancelRequest;
import io.gonkapulse.testkit.workload.ReferenceJob.Claim;
import io.gonkapulse.testkit.workload.ReferenceJob.DurationSource;
import io.gonkapulse.testkit.workload.ReferenceJob.Durations;
import io.gonkapulse.testkit.workload.ReferenceJob.Ending;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceJobModelTest {

    private final JobRecords records = new JobRecords();

    @Test
    void acceptedJobIsQueued() {
        ReferenceJob job = records.event("accepted", 1).visible();

        assertThat(job.state()).isEqualTo(ReferenceState.QUEUED);
        assertThat(job.run().acceptedAt()).isEqualTo(time(1));
        assertThat(job.run().leaseUntil()).isNull();
    }

    @Test
    void heartbeatMakesRunning() {
        ReferenceJob job =
                records.event("heartbeat", 1, 2, "'leaseMillis':30000").visible();

        assertThat(job.state()).isEqualTo(ReferenceState.RUNNING);
        assertThat(job.run().startedAt()).isNull();
        assertThat(job.run().leaseUntil()).isEqualTo(time(32));
    }

    @Test
    void leaseLastsOneDayByDefault() {
        assertThat(records.event("started", 1).visible().run().leaseUntil()).isEqualTo(time(86_401));
    }

    @Test
    void oldOutcomeDoesNotHideNewAttempt() {
        ReferenceJob job = records.event("failed", 5)
                .event("started", 3, "'attempt':2")
                .event("heartbeat", 1, field("startedAt", 1))
                .visible();

        assertThat(job.state()).isEqualTo(ReferenceState.RUNNING);
        assertThat(job.run().attempt()).isEqualTo(2);
        assertThat(job.run().startedAt()).isEqualTo(time(3));
        assertThat(job.run().firstTime()).isEqualTo(time(1));
    }

    @Test
    void firstOutcomeOfAttemptCounts() {
        ReferenceJob job = records.event("failed", 5)
                .event("succeeded", 4)
                .event("failed", 3)
                .visible();

        assertThat(job.state()).isEqualTo(ReferenceState.FAILED);
        assertThat(ending(job).finishedAt()).isEqualTo(time(3));
        assertThat(ending(job).conflicting()).isTrue();
        assertThat(claimedStates(job)).containsExactly(ReferenceState.FAILED, ReferenceState.SUCCEEDED);
    }

    @Test
    void successComesFirstAtSameTime() {
        assertThat(records.event("failed", 5).event("succeeded", 5).visible().state())
                .isEqualTo(ReferenceState.SUCCEEDED);
    }

    @Test
    void executorComesBeforeQueue() {
        ReferenceJob job =
                records.event("canceled", 1, "'by':'queue'").event("failed", 5).visible();

        assertThat(job.state()).isEqualTo(ReferenceState.FAILED);
        assertThat(ending(job).conflicting()).isTrue();
    }

    @Test
    void equalClaimsDoNotConflict() {
        ReferenceJob job = records.event("canceled", 1, "'by':'queue'")
                .event("canceled", 5)
                .visible();

        assertThat(ending(job).conflicting()).isFalse();
        assertThat(ending(job).claims()).hasSize(2);
    }

    @Test
    void lostJobFailsAtEndOfLease() {
        ReferenceJob job = records.event("started", 1, "'leaseMillis':10000")
                .event("lost", 80, field("leaseUntil", 11))
                .visible();

        assertThat(job.state()).isEqualTo(ReferenceState.FAILED);
        assertThat(job.lost()).isTrue();
        assertThat(ending(job).finishedAt()).isEqualTo(time(11));
        assertThat(job.durations()).isEqualTo(new Durations(null, 10_000L, DurationSource.LEASE));
    }

    @Test
    void heartbeatRevokesLost() {
        ReferenceJob job = records.event("started", 1, "'leaseMillis':10000")
                .event("lost", 80, field("leaseUntil", 11))
                .event("heartbeat", 5, 90, "'leaseMillis':10000")
                .visible();

        assertThat(job.state()).isEqualTo(ReferenceState.RUNNING);
        assertThat(job.ending()).isNull();
    }

    @Test
    void endRevokesLost() {
        ReferenceJob job = records.event("started", 1, "'leaseMillis':10000")
                .event("lost", 80, field("leaseUntil", 11))
                .event("succeeded", 5, 90)
                .visible();

        assertThat(job.state()).isEqualTo(ReferenceState.SUCCEEDED);
        assertThat(job.lost()).isFalse();
        assertThat(ending(job).conflicting()).isFalse();
    }

    @Test
    void cancellerIsNotCreator() {
        ReferenceJob job = records.event("cancel.requested", 1, "'createdBy':{'name':'boss'}")
                .event("accepted", 2, "'createdBy':{'name':'ops'}")
                .visible();

        assertThat(job.facts().createdBy()).isEqualTo(new JobCreator("ops", null, null));
        assertThat(job.facts().cancelRequested()).isEqualTo(new CancelRequest("boss", time(1)));
        assertThat(job.state()).isEqualTo(ReferenceState.QUEUED);
    }

    @Test
    void firstBotIdCounts() {
        ReferenceJob job = records.event("heartbeat", 2, "'botId':'b'")
                .event("accepted", 1, "'botId':'a'")
                .event("heartbeat", 0)
                .visible();

        assertThat(job.facts().botId()).isEqualTo("a");
        assertThat(job.facts().botsDiffer()).isTrue();
    }

    @Test
    void newestMetaWithContentCounts() {
        ReferenceJob job = records.event("heartbeat", 2, "'seq':9", "'meta':{'a':9}")
                .event("heartbeat", 2, "'seq':10", "'meta':{'a':10}")
                .event("heartbeat", 3, "'seq':11", "'meta':{}")
                .event("heartbeat", 1, "'seq':12", "'meta':{'b':12}")
                .visible();

        assertThat(job.facts().meta()).isEqualTo("{\"a\":10}");
    }

    @Test
    void purgedJobIsEmpty() {
        ReferenceJob job = records.event("succeeded", 9, "'botId':'a'")
                .event("purged", 8)
                .event("purged", 7)
                .visible();

        assertThat(job).isEqualTo(ReferenceJob.purged(job.id(), time(7)));
        assertThat(ReferenceJobModel.acceptedCounts(records.jobs())).isEmpty();
    }

    @Test
    void elapsedTimeOfEndCounts() {
        ReferenceJob job = records.event("accepted", 1)
                .event("started", 3)
                .event("succeeded", 2, "'elapsedMillis':700")
                .visible();

        assertThat(job.durations()).isEqualTo(new Durations(2_000L, 700L, DurationSource.MONOTONIC));
    }

    @Test
    void durationsRoundDownAndAreNeverNegative() {
        ReferenceJob job = records.event("accepted", 2)
                .event("started", 1)
                .event("succeeded", 2.0019995)
                .visible();

        assertThat(job.durations()).isEqualTo(new Durations(0L, 1_001L, DurationSource.CLOCK));
    }

    @Test
    void endBeforeStartIsClamped() {
        ReferenceJob job = records.event("started", 5).event("failed", 4).visible();

        assertThat(job.durations()).isEqualTo(new Durations(null, 0L, DurationSource.CLAMPED));
    }

    @Test
    void jobWithoutStartWaitedUntilEnd() {
        ReferenceJob job = records.event("accepted", 1)
                .event("canceled", 4, "'by':'queue'")
                .visible();

        assertThat(job.durations()).isEqualTo(new Durations(3_000L, null, null));
    }

    @Test
    void countsByQuarterHour() {
        records.event("accepted", 899, "'botId':'a'").event("succeeded", 901);

        assertThat(ReferenceJobModel.acceptedCounts(records.jobs())).isEqualTo(one(JobRecords.START));
        assertThat(ReferenceJobModel.finishedCounts(records.jobs())).isEqualTo(one(time(900)));
    }

    private static Ending ending(ReferenceJob job) {
        return requireNonNull(job.ending());
    }

    private static List<ReferenceState> claimedStates(ReferenceJob job) {
        return ending(job).claims().stream().map(Claim::state).toList();
    }

    private static Map<ReferenceBucket, Long> one(Instant bucket) {
        return Map.of(new ReferenceBucket("a", ReferenceState.SUCCEEDED, bucket), 1L);
    }
}

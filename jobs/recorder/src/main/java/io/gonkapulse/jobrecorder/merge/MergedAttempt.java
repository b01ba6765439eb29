package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.jobrecorder.merge.JobClaim.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What belongs to one attempt of a job. Only the newest attempt of a job is kept. */
final class MergedAttempt {

    private final int number;
    private final Map<Kind, JobClaim> claims = new EnumMap<>(Kind.class);
    private @Nullable Instant startedAt;
    private boolean running;
    private @Nullable Instant leaseUntil;
    private long leaseMillis;
    private boolean stagesListed;
    private @Nullable JobClaim outcome;
    private @Nullable Instant lostUntil;

    MergedAttempt(int number) {
        this.number = number;
    }

    void add(RecordedEvent recorded, Duration defaultLease) {
        JobEvent event = recorded.event();
        JobAttempt attempt = event.attempt();
        startedAt = Times.earlier(startedAt, startOf(event));
        stagesListed |= event.type() == JobEventType.STAGES;
        if (event.type().impliesRunning()) {
            running = true;
            long lease = attempt.leaseMillis() == null ? defaultLease.toMillis() : attempt.leaseMillis();
            extendLease(recorded.recordTime().plusMillis(lease), lease);
        }
        if (event.type().isOutcome()) {
            JobClaim claim = JobClaim.of(recorded);
            claims.merge(claim.kind(), claim, (kept, added) -> kept.compareTo(added) <= 0 ? kept : added);
            outcome = outcome == null || claim.compareTo(outcome) < 0 ? claim : outcome;
        }
        if (event.type() == JobEventType.LOST) {
            lostUntil = Times.later(lostUntil, event.details().leaseUntil());
        }
    }

    private static @Nullable Instant startOf(JobEvent event) {
        Instant stated = event.attempt().startedAt();
        return stated == null && event.type() == JobEventType.STARTED ? event.at() : stated;
    }

    /** Of leases that end at the same time the longest one counts. */
    private void extendLease(Instant until, long millis) {
        int byEnd = leaseUntil == null ? 1 : until.compareTo(leaseUntil);
        if (byEnd > 0 || (byEnd == 0 && millis > leaseMillis)) {
            leaseUntil = until;
            leaseMillis = millis;
        }
    }

    public int number() {
        return number;
    }

    public @Nullable Instant startedAt() {
        return startedAt;
    }

    public boolean running() {
        return running;
    }

    public @Nullable Instant leaseUntil() {
        return leaseUntil;
    }

    public @Nullable Long leaseMillis() {
        return leaseUntil == null ? null : leaseMillis;
    }

    public boolean stagesListed() {
        return stagesListed;
    }

    @Nullable
    JobClaim claim(Kind kind) {
        return claims.get(kind);
    }

    @Nullable
    JobClaim outcome() {
        return outcome;
    }

    public @Nullable Instant lostUntil() {
        return lostUntil;
    }
}

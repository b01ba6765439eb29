package io.gonkapulse.testkit.workload;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.testkit.workload.ReferenceJob.Claim;
import io.gonkapulse.testkit.workload.ReferenceJob.DurationSource;
import io.gonkapulse.testkit.workload.ReferenceJob.Durations;
import io.gonkapulse.testkit.workload.ReferenceJob.Ending;
import io.gonkapulse.testkit.workload.ReferenceJob.Reporter;
import io.gonkapulse.testkit.workload.ReferenceJob.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules for the outcome of an attempt and for the durations of a job. */
final class ReferenceEndingModel {

    /** At the same time, success counts before failure before cancellation. */
    private static final List<ReferenceState> STATES =
            List.of(ReferenceState.SUCCEEDED, ReferenceState.FAILED, ReferenceState.CANCELED);

    private ReferenceEndingModel() {}

    /** Null if nothing that counts ended the attempt. */
    static @Nullable Ending ending(List<ReferenceEvent> newest, @Nullable Instant leaseUntil) {
        List<KeptClaim> kept = keptClaims(newest, leaseUntil);
        if (kept.isEmpty()) {
            return null;
        }
        KeptClaim deciding = kept.get(0);
        long claimedStates = kept.stream()
                .filter(one -> one.by() != Reporter.RECORDER)
                .map(KeptClaim::state)
                .distinct()
                .count();
        return new Ending(
                deciding.state(),
                deciding.by() == Reporter.RECORDER,
                requireNonNull(ReferenceTimes.toMicros(deciding.time())),
                deciding.event().event().attempt().elapsedMillis(),
                deciding.event().event().details().result(),
                deciding.event().event().details().error(),
                claimedStates > 1,
                kept.stream().map(KeptClaim::toClaim).toList());
    }

    /** For each reporter and state the first claim, and of lost ones that with the longest lease; the best one first. */
    private static List<KeptClaim> keptClaims(List<ReferenceEvent> newest, @Nullable Instant leaseUntil) {
        List<KeptClaim> kept = new ArrayList<>();
        for (Reporter reporter : Reporter.values()) {
            for (ReferenceState state : STATES) {
                Stream<KeptClaim> claims = newest.stream()
                        .flatMap(one -> claim(one).stream())
                        .filter(claim -> claim.by() == reporter && claim.state() == state);
                Optional<KeptClaim> best = reporter == Reporter.RECORDER
                        ? claims.max(comparing(KeptClaim::time)
                                        .thenComparing(KeptClaim::event, ReferenceEvent.BY_TIME.reversed()))
                                .filter(claim -> leaseUntil == null || !leaseUntil.isAfter(claim.time()))
                        : claims.min(comparing(KeptClaim::event, ReferenceEvent.BY_TIME));
                best.ifPresent(kept::add);
            }
        }
        kept.sort(KeptClaim.BEST_FIRST);
        return kept;
    }

    private static Optional<KeptClaim> claim(ReferenceEvent one) {
        Reporter reporter =
                one.event().origin().by() == JobEventOrigin.Reporter.QUEUE ? Reporter.QUEUE : Reporter.EXECUTOR;
        return switch (one.type()) {
            case SUCCEEDED -> Optional.of(new KeptClaim(reporter, ReferenceState.SUCCEEDED, one.at(), one));
            case FAILED -> Optional.of(new KeptClaim(reporter, ReferenceState.FAILED, one.at(), one));
            case CANCELED -> Optional.of(new KeptClaim(reporter, ReferenceState.CANCELED, one.at(), one));
            case LOST ->
                Optional.of(new KeptClaim(
                        Reporter.RECORDER,
                        ReferenceState.FAILED,
                        requireNonNull(one.event().details().leaseUntil()),
                        one));
            default -> Optional.empty();
        };
    }

    static Durations durations(Run run, @Nullable Ending ending) {
        return new Durations(queueMs(run, ending), runMs(run, ending), source(run, ending));
    }

    /** A job that ended without a start waited until its end. */
    private static @Nullable Long queueMs(Run run, @Nullable Ending ending) {
        Instant end = run.startedAt();
        if (end == null && ending != null) {
            end = ending.finishedAt();
        }
        return run.acceptedAt() == null || end == null ? null : millis(run.acceptedAt(), end);
    }

    private static @Nullable Long runMs(Run run, @Nullable Ending ending) {
        if (ending == null) {
            return null;
        }
        if (ending.elapsedMillis() != null) {
            return ending.elapsedMillis();
        }
        return run.startedAt() == null ? null : (Long) millis(run.startedAt(), ending.finishedAt());
    }

    private static @Nullable DurationSource source(Run run, @Nullable Ending ending) {
        if (ending == null) {
            return null;
        }
        if (ending.elapsedMillis() != null) {
            return DurationSource.MONOTONIC;
        }
        if (run.startedAt() == null) {
            return null;
        }
        if (ending.lost()) {
            return DurationSource.LEASE;
        }
        return ending.finishedAt().isBefore(run.startedAt()) ? DurationSource.CLAMPED : DurationSource.CLOCK;
    }

    private static long millis(Instant start, Instant end) {
        return Math.max(0, ReferenceTimes.millisBetween(start, end));
    }

    /** @param time of the event; of a lost attempt the end of its lease */
    private record KeptClaim(Reporter by, ReferenceState state, Instant time, ReferenceEvent event) {

        static final Comparator<KeptClaim> BEST_FIRST = comparing(KeptClaim::by)
                .thenComparing(KeptClaim::time)
                .thenComparing(claim -> STATES.indexOf(claim.state()))
                .thenComparing(claim -> claim.event().id());

        Claim toClaim() {
            return new Claim(
                    by,
                    state,
                    requireNonNull(ReferenceTimes.toMicros(time)),
                    event.event().origin().source());
        }
    }
}

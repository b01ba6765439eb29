package io.gonkapulse.testkit.workload;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.testkit.workload.ReferenceJob.CancelRequest;
import io.gonkapulse.testkit.workload.ReferenceJob.Facts;
import io.gonkapulse.testkit.workload.ReferenceJob.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules for what is reported about a job as a whole, and for its times. */
final class ReferenceFactsModel {

    private static final String EMPTY_OBJECT = "{}";

    private ReferenceFactsModel() {}

    static Facts facts(List<ReferenceEvent> events) {
        // Their createdBy is the one who wants to cancel.
        List<ReferenceEvent> ofProducers = events.stream()
                .filter(one -> one.type() != JobEventType.CANCEL_REQUESTED)
                .toList();
        long bots = events.stream()
                .map(one -> one.event().description().botId())
                .filter(Objects::nonNull)
                .distinct()
                .count();
        return new Facts(
                oldest(events, one -> one.event().description().botId()),
                bots > 1,
                ReferenceTimes.creatorToMicros(
                        oldest(ofProducers, one -> one.event().description().createdBy())),
                oldest(events, one -> one.event().description().parentId()),
                oldest(events, one -> one.event().description().trace()),
                oldest(events, ReferenceFactsModel::cancelRequest),
                newestObject(events, one -> one.event().details().meta()),
                newestObject(events, one -> one.event().details().progress()));
    }

    /**
     * Acceptances and starts whose producer names no such time happened at the time of the event.
     *
     * @param newest the events of the newest attempt
     */
    static Run run(List<ReferenceEvent> events, List<ReferenceEvent> newest, Duration defaultLease) {
        return new Run(
                newest.get(0).attempt(),
                smallest(events.stream().flatMap(ReferenceFactsModel::timesOfJob)),
                smallest(events.stream().map(ReferenceFactsModel::acceptedAt)),
                smallest(newest.stream().map(ReferenceFactsModel::startedAt)),
                newest.stream().anyMatch(ReferenceFactsModel::isSignOfLife),
                ReferenceTimes.toMicros(leaseUntil(newest, defaultLease)),
                newest.stream().anyMatch(one -> one.type() == JobEventType.STAGES));
    }

    /** Null without a sign of life. A wish, a claim or an acceptance does not extend a lease. */
    static @Nullable Instant leaseUntil(List<ReferenceEvent> newest, Duration defaultLease) {
        return newest.stream()
                .filter(ReferenceFactsModel::isSignOfLife)
                .map(one -> {
                    Long millis = one.event().attempt().leaseMillis();
                    return one.recordTime().plus(millis == null ? defaultLease : Duration.ofMillis(millis));
                })
                .max(Instant::compareTo)
                .orElse(null);
    }

    /** The value of the first event that has it. */
    static <T> @Nullable T oldest(List<ReferenceEvent> events, Function<ReferenceEvent, ? extends @Nullable T> value) {
        return events.stream()
                .filter(one -> value.apply(one) != null)
                .min(ReferenceEvent.BY_TIME)
                .map(one -> requireNonNull(value.apply(one)))
                .orElse(null);
    }

    /** The JSON object of the last event that has one with content. */
    static @Nullable String newestObject(
            List<ReferenceEvent> events, Function<ReferenceEvent, @Nullable String> value) {
        return events.stream()
                .filter(one -> hasContent(value.apply(one)))
                .max(ReferenceEvent.BY_UPDATE)
                .map(one -> requireNonNull(value.apply(one)))
                .orElse(null);
    }

    static boolean hasContent(@Nullable String object) {
        return object != null && !object.equals(EMPTY_OBJECT);
    }

    private static @Nullable CancelRequest cancelRequest(ReferenceEvent one) {
        if (one.type() != JobEventType.CANCEL_REQUESTED) {
            return null;
        }
        var canceller = one.event().description().createdBy();
        String name = canceller == null ? null : canceller.name();
        return new CancelRequest(
                name == null ? one.event().origin().source() : name, requireNonNull(ReferenceTimes.toMicros(one.at())));
    }

    private static Stream<@Nullable Instant> timesOfJob(ReferenceEvent one) {
        return Stream.of(
                one.at(),
                one.event().attempt().acceptedAt(),
                one.event().attempt().startedAt());
    }

    private static @Nullable Instant acceptedAt(ReferenceEvent one) {
        Instant acceptedAt = one.event().attempt().acceptedAt();
        return acceptedAt == null && one.type() == JobEventType.ACCEPTED ? one.at() : acceptedAt;
    }

    private static @Nullable Instant startedAt(ReferenceEvent one) {
        Instant startedAt = one.event().attempt().startedAt();
        return startedAt == null && one.type() == JobEventType.STARTED ? one.at() : startedAt;
    }

    private static @Nullable Instant smallest(Stream<@Nullable Instant> times) {
        return ReferenceTimes.toMicros(
                times.filter(Objects::nonNull).min(Instant::compareTo).orElse(null));
    }

    private static boolean isSignOfLife(ReferenceEvent one) {
        return switch (one.type()) {
            case STARTED, HEARTBEAT, PROGRESS, STAGES, STAGE_STARTED, STAGE_SUCCEEDED, STAGE_FAILED -> true;
            case ACCEPTED, CANCEL_REQUESTED, CANCELED, SUCCEEDED, FAILED, LOST, PURGED, TICK -> false;
        };
    }
}

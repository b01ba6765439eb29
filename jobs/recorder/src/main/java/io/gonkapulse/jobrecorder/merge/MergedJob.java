package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One job: the join of its events, in any order. */
final class MergedJob {

    private final UUID id;
    private final Duration defaultLease;
    private int shard;
    private int events;
    private @Nullable KeyedValue<EventKey, String> bot;
    private boolean botsDiffer;
    private @Nullable KeyedValue<EventKey, JobCreator> creator;
    private @Nullable KeyedValue<EventKey, UUID> parent;
    private @Nullable KeyedValue<EventKey, String> trace;
    private @Nullable KeyedValue<EventKey, CancelRequest> cancelRequest;
    private @Nullable KeyedValue<UpdateKey, String> meta;
    private @Nullable KeyedValue<UpdateKey, String> progress;
    private @Nullable Instant firstTime;
    private @Nullable Instant acceptedAt;
    private MergedAttempt attempt = new MergedAttempt(1);

    MergedJob(UUID id, int shard, Duration defaultLease) {
        this.id = id;
        this.shard = shard;
        this.defaultLease = defaultLease;
    }

    void add(RecordedEvent recorded, int eventShard) {
        JobEvent event = recorded.event();
        events++;
        shard = Math.min(shard, eventShard);
        addDescription(recorded);
        meta = UpdateKey.newer(meta, recorded, event.details().meta());
        progress = UpdateKey.newer(progress, recorded, event.details().progress());
        addTimes(recorded);
        if (event.attempt().number() > attempt.number()) {
            attempt = new MergedAttempt(event.attempt().number());
        }
        if (event.attempt().number() == attempt.number()) {
            attempt.add(recorded, defaultLease);
        }
    }

    private void addDescription(RecordedEvent recorded) {
        JobDescription description = recorded.event().description();
        EventKey key = recorded.key();
        String botId = description.botId();
        botsDiffer |= bot != null && botId != null && !bot.value().equals(botId);
        bot = KeyedValue.first(bot, key, botId);
        parent = KeyedValue.first(parent, key, description.parentId());
        trace = KeyedValue.first(trace, key, description.trace());
        if (recorded.event().type() == JobEventType.CANCEL_REQUESTED) {
            // Its creator created the wish, not the job.
            cancelRequest = KeyedValue.first(cancelRequest, key, CancelRequest.of(recorded.event()));
        } else {
            creator = KeyedValue.first(creator, key, description.createdBy());
        }
    }

    private void addTimes(RecordedEvent recorded) {
        JobEvent event = recorded.event();
        Instant accepted = event.attempt().acceptedAt();
        if (accepted == null && event.type() == JobEventType.ACCEPTED) {
            accepted = event.at();
        }
        acceptedAt = Times.earlier(acceptedAt, accepted);
        firstTime = Times.earlier(firstTime, recorded.firstTime());
    }

    UUID id() {
        return id;
    }

    int shard() {
        return shard;
    }

    /** How many events were merged. */
    int events() {
        return events;
    }

    @Nullable
    KeyedValue<EventKey, String> bot() {
        return bot;
    }

    boolean botsDiffer() {
        return botsDiffer;
    }

    @Nullable
    KeyedValue<EventKey, JobCreator> creator() {
        return creator;
    }

    @Nullable
    KeyedValue<EventKey, UUID> parent() {
        return parent;
    }

    @Nullable
    KeyedValue<EventKey, String> trace() {
        return trace;
    }

    @Nullable
    KeyedValue<EventKey, CancelRequest> cancelRequest() {
        return cancelRequest;
    }

    @Nullable
    KeyedValue<UpdateKey, String> meta() {
        return meta;
    }

    @Nullable
    KeyedValue<UpdateKey, String> progress() {
        return progress;
    }

    @Nullable
    Instant firstTime() {
        return firstTime;
    }

    @Nullable
    Instant acceptedAt() {
        return acceptedAt;
    }

    MergedAttempt attempt() {
        return attempt;
    }

    /** A wish that the job ends, which its executor may ignore. */
    record CancelRequest(Instant at, String by) {

        private static CancelRequest of(JobEvent event) {
            JobCreator creator = event.description().createdBy();
            String name = creator == null ? null : creator.name();
            return new CancelRequest(event.at(), name == null ? event.origin().source() : name);
        }
    }
}

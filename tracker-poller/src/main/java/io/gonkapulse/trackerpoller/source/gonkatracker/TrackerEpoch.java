package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Entries;
import io.gonkapulse.trackerpoller.source.ParticipantSink;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The running epoch as one answer tells it. */
final class TrackerEpoch implements CurrentEpoch {

    private final JsonBody body;
    private final TrackerHead head;
    private final CounterTime time;

    TrackerEpoch(JsonBody body, TrackerHead head, CounterTime time) {
        this.body = body;
        this.head = head;
        this.time = time;
    }

    /**
     * What the counters are dated by.
     *
     * @param height null where the tracker tells none
     */
    record CounterTime(@Nullable Long height, Instant observedAt) {}

    @Override
    public long epoch() {
        return head.epoch();
    }

    @Override
    public Instant fetchedAt() {
        return body.arrivedAt();
    }

    @Override
    public Instant observedAt() {
        return time.observedAt();
    }

    @Override
    public @Nullable Long height() {
        return time.height();
    }

    @Override
    public NetworkFacts network() {
        return head.network();
    }

    @Override
    public void participants(ParticipantSink sink) {
        body.read(
                TrackerHead.shape(
                        TrackerParticipantReader.SHAPE,
                        entry -> Entries.handOn(entry, sink, TrackerParticipantReader::read)),
                entry -> head);
    }

    @Override
    public void close() {
        body.close();
    }
}

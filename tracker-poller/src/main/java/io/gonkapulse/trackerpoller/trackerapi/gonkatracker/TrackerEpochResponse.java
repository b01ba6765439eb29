package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantParser;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantSink;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The running epoch from one response of a tracker. */
final class TrackerEpochResponse implements CurrentEpochResponse {

    private final JsonBody body;
    private final TrackerEpochHeader header;
    private final CounterTime time;

    TrackerEpochResponse(JsonBody body, TrackerEpochHeader header, CounterTime time) {
        this.body = body;
        this.header = header;
        this.time = time;
    }

    /**
     * The height and time of the counters.
     *
     * @param height null when the tracker reports none
     */
    record CounterTime(@Nullable Long height, Instant observedAt) {}

    @Override
    public long epoch() {
        return header.epoch();
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
        return header.network();
    }

    @Override
    public void participants(ParticipantSink sink) {
        body.read(
                TrackerEpochHeader.shape(
                        TrackerParticipantReader.SHAPE,
                        entry -> ParticipantParser.parse(entry, sink, TrackerParticipantReader::read)),
                entry -> header);
    }

    @Override
    public void close() {
        body.close();
    }
}

package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;

/** A response that could be published. */
record CandidateResponse(
        String url,
        CurrentEpochResponse epoch,
        ParticipantIndex participants,
        HeightWatermark.ResponseFreshness freshness)
        implements AutoCloseable {

    boolean isNewerThan(CandidateResponse other) {
        return epoch.observedAt().isAfter(other.epoch().observedAt());
    }

    @Override
    public void close() {
        epoch.close();
    }
}

package io.gonkapulse.trackerpoller.poll;

import io.gonkapulse.trackerpoller.source.CurrentEpoch;

/** An answer that could be published. */
record Candidate(String url, CurrentEpoch epoch, Roll roll, Watermark.Verdict verdict) implements AutoCloseable {

    boolean isNewerThan(Candidate other) {
        return epoch.observedAt().isAfter(other.epoch().observedAt());
    }

    @Override
    public void close() {
        epoch.close();
    }
}

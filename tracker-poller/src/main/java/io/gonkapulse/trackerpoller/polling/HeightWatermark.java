package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The highest block published for a tracker. Responses below it are outdated, whichever address they come from. A
 * tracker that keeps reporting lower blocks was wrong before; after a timeout the watermark is dropped.
 */
final class HeightWatermark {

    /** How a response compares with the watermark and the clock. */
    enum ResponseFreshness {
        FRESH,
        /** Old, but nothing newer is known. */
        STALE,
        /** Below a published block. */
        OUTDATED
    }

    private final Duration timeout;
    private @Nullable Long height;
    private @Nullable Instant outdatedSince;

    HeightWatermark(Duration patience) {
        this.timeout = patience;
    }

    ResponseFreshness classify(CurrentEpochResponse epoch) {
        Long reported = epoch.height();
        if (reported != null && height != null && reported < height) {
            return ResponseFreshness.OUTDATED;
        }
        boolean old = epoch.observedAt().plus(timeout).isBefore(epoch.fetchedAt());
        return old ? ResponseFreshness.STALE : ResponseFreshness.FRESH;
    }

    /** Call after a response was published. */
    void advance(CurrentEpochResponse epoch) {
        outdatedSince = null;
        if (epoch.height() != null) {
            height = epoch.height();
        }
    }

    /** Call when all addresses are outdated; drops the watermark after the timeout. */
    void recordOutdated(Instant now) {
        if (outdatedSince == null) {
            outdatedSince = now;
        } else if (outdatedSince.plus(timeout).isBefore(now)) {
            height = null;
            outdatedSince = null;
        }
    }

    @Nullable
    Long height() {
        return height;
    }
}

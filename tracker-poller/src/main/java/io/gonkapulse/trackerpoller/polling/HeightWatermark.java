package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a tracker has been followed. What lies behind is not published again, from whichever address it comes; but a
 * tracker that names a lower height for long was wrong before, and is believed.
 */
final class HeightWatermark {

    /** What an answer is worth. */
    enum ResponseFreshness {
        FRESH,
        /** Old, but nothing newer was seen. */
        STALE,
        /** Older than what was published. */
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

    /** Notes that an answer was published. */
    void advance(CurrentEpochResponse epoch) {
        outdatedSince = null;
        if (epoch.height() != null) {
            height = epoch.height();
        }
    }

    /** Notes that every address lies behind, and forgets the mark when that has lasted. */
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

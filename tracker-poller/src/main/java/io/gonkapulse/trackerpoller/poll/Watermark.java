package io.gonkapulse.trackerpoller.poll;

import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a tracker has been followed. What lies behind is not published again, from whichever address it comes; but a
 * tracker that names a lower height for long was wrong before, and is believed.
 */
final class Watermark {

    /** What an answer is worth. */
    enum Verdict {
        FRESH,
        /** Old, but nothing newer was seen. */
        STALE,
        /** Older than what was published. */
        BEHIND
    }

    private final Duration patience;
    private @Nullable Long height;
    private @Nullable Instant behindSince;

    Watermark(Duration patience) {
        this.patience = patience;
    }

    Verdict judge(CurrentEpoch epoch) {
        Long told = epoch.height();
        if (told != null && height != null && told < height) {
            return Verdict.BEHIND;
        }
        boolean old = epoch.observedAt().plus(patience).isBefore(epoch.fetchedAt());
        return old ? Verdict.STALE : Verdict.FRESH;
    }

    /** Notes that an answer was published. */
    void reached(CurrentEpoch epoch) {
        behindSince = null;
        if (epoch.height() != null) {
            height = epoch.height();
        }
    }

    /** Notes that every address lies behind, and forgets the mark when that has lasted. */
    void behind(Instant now) {
        if (behindSince == null) {
            behindSince = now;
        } else if (behindSince.plus(patience).isBefore(now)) {
            height = null;
            behindSince = null;
        }
    }

    @Nullable
    Long height() {
        return height;
    }
}

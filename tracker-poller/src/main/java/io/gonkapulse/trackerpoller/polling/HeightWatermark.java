package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.trackerpoller.polling.PolledResponse.FreshResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.OutdatedResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.StaleResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.UsableResponse;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The highest block published for a tracker. Responses below it are outdated, whichever address they come from. A
 * tracker that keeps reporting lower blocks was wrong before; after a timeout the watermark is dropped.
 */
final class HeightWatermark {

    private final Duration timeout;
    private @Nullable Long height;
    private @Nullable Instant outdatedSince;

    HeightWatermark(Duration timeout) {
        this.timeout = timeout;
    }

    UsableResponse classify(String url, ParticipantIndex participants) {
        CurrentEpochResponse epoch = participants.response();
        Long reported = epoch.height();
        if (reported != null && height != null && reported < height) {
            return new OutdatedResponse(url, participants);
        }
        boolean old = epoch.observedAt().plus(timeout).isBefore(epoch.fetchedAt());
        return old ? new StaleResponse(url, participants) : new FreshResponse(url, participants);
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

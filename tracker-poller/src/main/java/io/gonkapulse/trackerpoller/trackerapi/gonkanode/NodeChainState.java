package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import org.jspecify.annotations.Nullable;

/** Where a site says that the chain is. */
record NodeChainState(
        TrackerClient site, ChainStatus status, @Nullable LatestEpoch latest) {

    static NodeChainState fetch(TrackerClient site) {
        return new NodeChainState(
                site, ChainStatus.fetch(site), LatestEpoch.fetch(site).orElse(null));
    }

    /** For certain: it may also be, and the site does not tell. */
    boolean isBefore(long epoch) {
        return latest != null && latest.epoch() < epoch;
    }

    /** For certain, too. */
    boolean isAfter(long epoch) {
        return latest != null && latest.epoch() > epoch;
    }
}

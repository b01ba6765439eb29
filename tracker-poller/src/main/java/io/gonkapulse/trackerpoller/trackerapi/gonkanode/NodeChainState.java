package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import org.jspecify.annotations.Nullable;

/** The position of the chain as one address reports it. */
record NodeChainState(
        TrackerClient client, ChainStatus status, @Nullable LatestEpoch latest) {

    static NodeChainState fetch(TrackerClient client) {
        return new NodeChainState(
                client, ChainStatus.fetch(client), LatestEpoch.fetch(client).orElse(null));
    }

    /** False also when the address does not report it. */
    boolean isBefore(long epoch) {
        return latest != null && latest.epoch() < epoch;
    }

    /** False also when the address does not report it. */
    boolean isAfter(long epoch) {
        return latest != null && latest.epoch() > epoch;
    }
}

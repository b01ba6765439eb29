package io.gonkapulse.trackerpoller.background;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.AllAddressesFailedException;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Refreshes the hardware of nodes in small batches, so that more urgent work does not wait long. */
public final class HardwareRefreshTask {

    private static final int BATCH_SIZE = 20;
    /** For one node with its retries and all addresses. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
    /** Long, because hardware is for display only. */
    private static final Duration FAILURE_BACK_OFF = Duration.ofMinutes(5);

    private final Tracker tracker;
    private final InstantSource clock;
    private Instant retryNotBefore = Instant.MIN;

    public HardwareRefreshTask(Tracker tracker, InstantSource clock) {
        this.tracker = tracker;
        this.clock = clock;
    }

    /** Returns whether any node was due. */
    public boolean refresh(Collection<NodeIdentifier> nodes) {
        Instant now = clock.instant();
        if (now.isBefore(retryNotBefore)) {
            return false;
        }
        List<NodeIdentifier> due =
                tracker.hardware().due(nodes, tracker.settings().hardwareInterval(), now, BATCH_SIZE);
        if (due.isEmpty()) {
            tracker.hardware().retainOnly(nodes);
        }
        for (NodeIdentifier node : due) {
            if (clock.instant().isBefore(retryNotBefore)) {
                break;
            }
            refresh(node);
        }
        return !due.isEmpty();
    }

    /** A failure pauses all nodes: the tracker is down, and more requests would not help. */
    private void refresh(NodeIdentifier node) {
        Instant now = clock.instant();
        try {
            tracker.hardware()
                    .put(
                            node,
                            tracker.client()
                                    .execute(
                                            now.plus(REQUEST_TIMEOUT),
                                            client -> tracker.api().hardware(client, node)),
                            now);
        } catch (AllAddressesFailedException failure) {
            tracker.hardware().put(node, Optional.empty(), now);
            retryNotBefore = now.plus(FAILURE_BACK_OFF);
        }
    }
}

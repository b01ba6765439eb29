package io.gonkapulse.trackerpoller.hardware;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.site.SitesExhaustedException;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Asks what nodes run on, a few at a time, so that whatever is more urgent gets its turn soon. */
public final class HardwareRound {

    private static final int AT_A_TIME = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(5);

    private final Tracker tracker;
    private final InstantSource clock;
    private Instant notBefore = Instant.MIN;

    public HardwareRound(Tracker tracker, InstantSource clock) {
        this.tracker = tracker;
        this.clock = clock;
    }

    /** Whether there was anything to ask. */
    public boolean ask(Collection<NodeIdentifier> nodes) {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return false;
        }
        List<NodeIdentifier> due =
                tracker.hardware().due(nodes, tracker.settings().hardwareInterval(), now, AT_A_TIME);
        if (due.isEmpty()) {
            tracker.hardware().keepOnly(nodes);
        }
        for (NodeIdentifier node : due) {
            if (clock.instant().isBefore(notBefore)) {
                break;
            }
            ask(node);
        }
        return !due.isEmpty();
    }

    private void ask(NodeIdentifier node) {
        Instant now = clock.instant();
        try {
            tracker.hardware()
                    .put(
                            node,
                            tracker.sites()
                                    .first(
                                            now.plus(PATIENCE),
                                            site -> tracker.source().hardware(site, node)),
                            now);
        } catch (SitesExhaustedException failure) {
            tracker.hardware().put(node, Optional.empty(), now);
            notBefore = now.plus(PAUSE_AFTER_FAILURE);
        }
    }
}

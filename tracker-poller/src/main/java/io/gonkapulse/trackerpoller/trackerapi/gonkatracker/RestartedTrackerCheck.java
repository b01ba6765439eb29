package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantParser;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import java.util.HashSet;
import java.util.Set;

/**
 * Recognizes the response of a tracker that just restarted. It lists every stored row of the epoch with the height and
 * time of the oldest, and reports no newest block.
 */
final class RestartedTrackerCheck {

    /** If rows repeat at all, those of the first participants repeat too. */
    private static final int PARTICIPANTS_REMEMBERED = 1_000;

    private final Set<NodeIdentifier> firstNodes = new HashSet<>();
    private boolean repeated;

    void add(JsonEntry participant) {
        if (!repeated) {
            ParticipantParser.parseNode(participant).ifPresent(this::add);
        }
    }

    boolean matches(TrackerEpochHeader header) {
        return repeated && header.newestBlock() == null;
    }

    private void add(NodeIdentifier node) {
        if (firstNodes.size() < PARTICIPANTS_REMEMBERED) {
            repeated = !firstNodes.add(node);
        } else {
            repeated = firstNodes.contains(node);
        }
    }
}

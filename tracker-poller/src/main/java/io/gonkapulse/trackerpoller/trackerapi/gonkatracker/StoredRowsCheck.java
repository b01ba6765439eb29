package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantParser;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import java.util.HashSet;
import java.util.Set;

/**
 * Recognizes the answer of a tracker that was just restarted: it lists every row that it stored of the epoch, and names the
 * height and time of the oldest. Such an answer tells no newest block.
 */
final class StoredRowsCheck {

    /** If rows repeat at all, the first participants repeat, too. */
    private static final int PARTICIPANTS_REMEMBERED = 1_000;

    private final Set<NodeIdentifier> firstNodes = new HashSet<>();
    private boolean repeated;

    void add(JsonEntry participant) {
        if (!repeated) {
            ParticipantParser.parseNode(participant).ifPresent(this::add);
        }
    }

    boolean matches(TrackerEpochHeader head) {
        return repeated && head.newestBlock() == null;
    }

    private void add(NodeIdentifier node) {
        if (firstNodes.size() < PARTICIPANTS_REMEMBERED) {
            repeated = !firstNodes.add(node);
        } else {
            repeated = firstNodes.contains(node);
        }
    }
}

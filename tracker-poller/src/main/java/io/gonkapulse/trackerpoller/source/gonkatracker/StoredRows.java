package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.source.Entries;
import io.gonkapulse.trackerpoller.source.json.Entry;
import java.util.HashSet;
import java.util.Set;

/**
 * Recognizes the answer of a tracker that was just restarted: it lists every row that it stored of the epoch, and names the
 * height and time of the oldest. Such an answer tells no newest block.
 */
final class StoredRows {

    /** If rows repeat at all, the first participants repeat, too. */
    private static final int PARTICIPANTS_REMEMBERED = 1_000;

    private final Set<NodeIdentifier> first = new HashSet<>();
    private boolean repeated;

    void add(Entry participant) {
        if (!repeated) {
            Entries.node(participant).ifPresent(this::add);
        }
    }

    boolean areIn(TrackerHead head) {
        return repeated && head.newestBlock() == null;
    }

    private void add(NodeIdentifier node) {
        if (first.size() < PARTICIPANTS_REMEMBERED) {
            repeated = !first.add(node);
        } else {
            repeated = first.contains(node);
        }
    }
}

package io.gonkapulse.earningsaggregator.store;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** What a batch changed in the ledger, and so which days must be rolled up again. */
final class Changes {

    /** Before the first day that there can be. */
    static final LocalDate ALL_DAYS = LocalDate.EPOCH;

    private final List<NodeEpochDay> epochs = new ArrayList<>();
    private final List<NodeDay> daysLeft = new ArrayList<>();

    void live(List<NodeEpochDay> changed) {
        epochs.addAll(changed);
    }

    /** @param left the days that the settlement counted for until now */
    void settled(UUID node, long epoch, List<LocalDate> left) {
        epochs.add(new NodeEpochDay(node, epoch, ALL_DAYS));
        left.forEach(day -> daysLeft.add(new NodeDay(node, day)));
    }

    /** Days that are to be made again whatever became of their epochs. */
    void makeAgain(List<NodeDay> days) {
        daysLeft.addAll(days);
    }

    List<NodeEpochDay> epochs() {
        return epochs;
    }

    List<NodeDay> daysLeft() {
        return daysLeft;
    }

    Set<UUID> nodes() {
        return Stream.concat(
                        epochs.stream().map(NodeEpochDay::node),
                        daysLeft.stream().map(NodeDay::node))
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    /** How many rows of the ledger and of the settlements are new or different. */
    int rows() {
        return epochs.size();
    }
}

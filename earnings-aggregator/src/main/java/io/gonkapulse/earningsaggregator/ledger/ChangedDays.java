package io.gonkapulse.earningsaggregator.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** The days that a batch affects and that must be rolled up again. Not thread-safe. */
public final class ChangedDays {

    /** Earlier than any day of the network. */
    public static final LocalDate ALL_DAYS = LocalDate.EPOCH;

    private final List<NodeEpochDay> epochs = new ArrayList<>();
    private final List<NodeDay> days = new ArrayList<>();

    public void addLive(List<NodeEpochDay> changed) {
        epochs.addAll(changed);
    }

    /**
     * @param previousDays the days that the settlement counted for before this change
     */
    void addSettled(UUID node, long epoch, List<LocalDate> previousDays) {
        epochs.add(new NodeEpochDay(node, epoch, ALL_DAYS));
        previousDays.forEach(day -> days.add(new NodeDay(node, day)));
    }

    /** Adds days that must be rolled up even if none of their epochs changed. */
    public void addDays(List<NodeDay> more) {
        days.addAll(more);
    }

    public List<NodeEpochDay> epochs() {
        return epochs;
    }

    public List<NodeDay> days() {
        return days;
    }

    public Set<UUID> nodes() {
        return Stream.concat(
                        epochs.stream().map(NodeEpochDay::node), days.stream().map(NodeDay::node))
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    /** How many ledger and settlement rows are new or changed. */
    public int rowCount() {
        return epochs.size();
    }

    /** A day of a node that may have changed. */
    public record NodeDay(UUID node, LocalDate day) {}

    /** An epoch of a node whose days from this one on may have changed. */
    public record NodeEpochDay(UUID node, long epoch, LocalDate day) {}
}

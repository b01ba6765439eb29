package io.gonkapulse.statswriter.poll;

import io.gonkapulse.contracts.Poll;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Merges a batch of polls: all polls, and per tracker the newest one and the newest successful one. */
public final class PollMerger {

    /** Polls that start at the same time are ordered by id, so that delivery order has no effect. */
    private static final BinaryOperator<Poll> NEWER =
            BinaryOperator.maxBy(Comparator.comparing(Poll::startedAt).thenComparing(Poll::pollId));

    private final List<Poll> allPolls = new ArrayList<>();
    private final Map<String, Poll> newestByTracker = new TreeMap<>();
    private final Map<String, Poll> newestSuccessByTracker = new TreeMap<>();
    private Map<Integer, Long> endOffsets = Map.of();

    PollMerger() {}

    void add(Poll poll) {
        allPolls.add(poll);
        // Settlement and backfill polls do not describe the current state of the tracker.
        if (poll.purpose() == Poll.Purpose.CURRENT) {
            newestByTracker.merge(poll.tracker().value(), poll, NEWER);
            if (isSuccess(poll)) {
                newestSuccessByTracker.merge(poll.tracker().value(), poll, NEWER);
            }
        }
    }

    /** A stale or failed poll proves nothing about missing nodes. */
    private static boolean isSuccess(Poll poll) {
        return poll.outcome() == Poll.Outcome.OK || poll.outcome() == Poll.Outcome.PARTIAL;
    }

    void setEndOffsets(Map<Integer, Long> snapshotEndOffsets) {
        endOffsets = new TreeMap<>(snapshotEndOffsets);
    }

    Map<Integer, Long> endOffsets() {
        return endOffsets;
    }

    List<Poll> allPolls() {
        return allPolls;
    }

    Collection<Poll> newestPolls() {
        return newestByTracker.values();
    }

    Collection<Poll> newestSuccesses() {
        return newestSuccessByTracker.values();
    }
}

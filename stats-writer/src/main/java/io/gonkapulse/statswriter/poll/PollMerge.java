package io.gonkapulse.statswriter.poll;

import io.gonkapulse.contracts.Poll;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** A batch of polls: all of them, and of each tracker the newest and the newest that brought something. */
public final class PollMerge {

    private static final BinaryOperator<Poll> NEWER =
            BinaryOperator.maxBy(Comparator.comparing(Poll::startedAt).thenComparing(Poll::pollId));

    private final List<Poll> all = new ArrayList<>();
    private final Map<String, Poll> newest = new TreeMap<>();
    private final Map<String, Poll> newestSuccess = new TreeMap<>();
    private Map<Integer, Long> ends = Map.of();

    PollMerge() {}

    void add(Poll poll) {
        all.add(poll);
        if (poll.purpose() == Poll.Purpose.CURRENT) {
            newest.merge(poll.tracker().value(), poll, NEWER);
            if (isSuccess(poll)) {
                newestSuccess.merge(poll.tracker().value(), poll, NEWER);
            }
        }
    }

    /** A tracker that answers with old data, or not at all, says nothing about who is missing. */
    private static boolean isSuccess(Poll poll) {
        return poll.outcome() == Poll.Outcome.OK || poll.outcome() == Poll.Outcome.PARTIAL;
    }

    void coveredUpTo(Map<Integer, Long> snapshotEnds) {
        ends = new TreeMap<>(snapshotEnds);
    }

    Map<Integer, Long> ends() {
        return ends;
    }

    List<Poll> all() {
        return all;
    }

    Collection<Poll> newest() {
        return newest.values();
    }

    Collection<Poll> newestSuccess() {
        return newestSuccess.values();
    }
}

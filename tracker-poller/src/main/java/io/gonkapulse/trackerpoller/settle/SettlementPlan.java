package io.gonkapulse.trackerpoller.settle;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.trackerpoller.poll.PollResult.Seen;
import io.gonkapulse.trackerpoller.tracker.TrackerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which of the last epochs is to be asked for, and when: each as soon as it is over, all again when another epoch is
 * over (rewards are lost then), in between from time to time while some are unclaimed, and sooner while something was
 * missing. It knows only what it saw itself: after a restart the last epochs are asked for once more.
 */
public final class SettlementPlan {

    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 10;

    private final TrackerSettings settings;
    private final NavigableMap<Long, Turn> turns = new TreeMap<>(Comparator.reverseOrder());
    private Set<NodeIdentifier> seen = new HashSet<>();
    private long running = -1;

    /** When an epoch is due, and how often it was asked for without success. */
    private record Turn(OpenEpoch epoch, Instant due, int failures) {}

    public SettlementPlan(TrackerSettings settings) {
        this.settings = settings;
    }

    /** Takes in what a poll saw of the running epoch. */
    public synchronized void sees(Seen poll, Instant now) {
        if (poll.epoch() != running) {
            open(poll.epoch(), now);
        }
        seen.addAll(poll.nodes());
    }

    /** The running epoch, once a poll has said it. */
    public synchronized OptionalLong running() {
        return running < 0 ? OptionalLong.empty() : OptionalLong.of(running);
    }

    /** Who was seen in the running epoch. */
    public synchronized Set<NodeIdentifier> seen() {
        return Set.copyOf(seen);
    }

    synchronized Optional<OpenEpoch> due(Instant now) {
        return turns.values().stream()
                .filter(turn -> !turn.due().isAfter(now))
                .map(Turn::epoch)
                .findFirst();
    }

    synchronized void asked(OpenEpoch epoch, Poll poll, Instant now) {
        Turn turn = turns.get(epoch.number());
        if (turn == null) {
            return;
        }
        if (epoch.isComplete()) {
            turns.remove(epoch.number());
            return;
        }
        int failures = poll.outcome() == Outcome.OK ? 0 : turn.failures() + 1;
        turns.put(epoch.number(), new Turn(epoch, now.plus(pause(failures)), failures));
    }

    private Duration pause(int failures) {
        Duration longest = settings.settlementInterval();
        if (failures == 0) {
            return longest;
        }
        Duration growing = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        return growing.compareTo(longest) < 0 ? growing : longest;
    }

    private void open(long epoch, Instant now) {
        long before = running;
        Set<NodeIdentifier> members = seen;
        running = epoch;
        seen = new HashSet<>();
        long oldest = Math.max(1, epoch - settings.settledEpochs());
        turns.keySet().removeIf(number -> number < oldest || number >= epoch);
        turns.replaceAll((number, turn) -> new Turn(turn.epoch(), now, 0));
        boolean goesOn = before >= oldest && before < epoch;
        for (long number = goesOn ? before : oldest; number < epoch; number++) {
            turns.putIfAbsent(number, new Turn(new OpenEpoch(number, number == before ? members : Set.of()), now, 0));
        }
    }
}

package io.gonkapulse.trackerpoller.background;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.trackerpoller.http.BackOff;
import io.gonkapulse.trackerpoller.polling.EpochPoller.ObservedEpoch;
import io.gonkapulse.trackerpoller.trackerapi.PollingSettings;
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
 * Schedules the requests for the last epochs. An epoch is due as soon as it ends; again when another one ends, because
 * that forfeits rewards; regularly while rewards are unclaimed; sooner after a failure. The schedule is in memory only: a
 * restart requests the last epochs once more. Thread-safe.
 */
public final class SettlementSchedule {

    private static final Duration INITIAL_BACK_OFF = Duration.ofMinutes(1);

    private final PollingSettings settings;
    private final BackOff backOff;
    private final NavigableMap<Long, ScheduledEpoch> scheduledEpochs = new TreeMap<>(Comparator.reverseOrder());
    private Set<NodeIdentifier> seenNodes = new HashSet<>();
    private long runningEpoch = -1;

    /** When an epoch is due, and how many attempts failed. */
    private record ScheduledEpoch(UnfinishedEpoch epoch, Instant due, int failures) {}

    public SettlementSchedule(PollingSettings settings) {
        this.settings = settings;
        this.backOff = new BackOff(INITIAL_BACK_OFF, settings.settlementInterval());
    }

    /** Records what a poll observed in the running epoch. */
    public synchronized void observe(ObservedEpoch observed, Instant now) {
        if (observed.epoch() != runningEpoch) {
            open(observed.epoch(), now);
        }
        seenNodes.addAll(observed.nodes());
    }

    /** Empty until a poll reported it. */
    public synchronized OptionalLong runningEpoch() {
        return runningEpoch < 0 ? OptionalLong.empty() : OptionalLong.of(runningEpoch);
    }

    /** The nodes observed in the running epoch. */
    public synchronized Set<NodeIdentifier> seenNodes() {
        return Set.copyOf(seenNodes);
    }

    synchronized Optional<UnfinishedEpoch> nextDue(Instant now) {
        return scheduledEpochs.values().stream()
                .filter(scheduled -> !scheduled.due().isAfter(now))
                .map(ScheduledEpoch::epoch)
                .findFirst();
    }

    synchronized void recordAttempt(UnfinishedEpoch epoch, Poll poll, Instant now) {
        ScheduledEpoch scheduled = scheduledEpochs.get(epoch.number());
        if (scheduled == null) {
            return;
        }
        if (epoch.isComplete()) {
            scheduledEpochs.remove(epoch.number());
            return;
        }
        int failures = poll.outcome() == Outcome.OK ? 0 : scheduled.failures() + 1;
        Duration delay = failures == 0 ? settings.settlementInterval() : backOff.delay(failures);
        scheduledEpochs.put(epoch.number(), new ScheduledEpoch(epoch, now.plus(delay), failures));
    }

    /** Makes all past epochs due and drops those that are too old. An absurd epoch in between does no lasting harm. */
    private void open(long epoch, Instant now) {
        long before = runningEpoch;
        Set<NodeIdentifier> members = seenNodes;
        runningEpoch = epoch;
        seenNodes = new HashSet<>();
        long oldest = Math.max(1, epoch - settings.settledEpochs());
        scheduledEpochs.keySet().removeIf(number -> number < oldest || number >= epoch);
        scheduledEpochs.replaceAll((number, scheduled) -> new ScheduledEpoch(scheduled.epoch(), now, 0));
        boolean continues = before >= oldest && before < epoch;
        for (long number = continues ? before : oldest; number < epoch; number++) {
            scheduledEpochs.putIfAbsent(
                    number,
                    new ScheduledEpoch(new UnfinishedEpoch(number, number == before ? members : Set.of()), now, 0));
        }
    }
}

package io.gonkapulse.trackerpoller.settlement;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** Fetches past epochs: scheduled ones when they are due, and any other on request. */
public final class SettlementProcessor {

    private final SettlementSchedule plan;
    private final SettlementTask task;
    private final InstantSource clock;

    public SettlementProcessor(
            Tracker tracker,
            SettlementSchedule plan,
            PollPublisher publisher,
            String owner,
            InstantSource clock,
            ExecutorService executor) {
        this.plan = plan;
        this.clock = clock;
        this.task = new SettlementTask(tracker, publisher, owner, clock, new NodeResultReader(executor, clock));
    }

    /** Runs one attempt for the first due epoch; empty when none is due. */
    public Optional<Poll> settleOne() throws InterruptedException {
        Optional<OpenEpoch> due = plan.nextDue(clock.instant());
        if (due.isEmpty()) {
            return Optional.empty();
        }
        Poll poll = task.run(due.get(), Purpose.SETTLEMENT).poll();
        plan.recordAttempt(due.get(), poll, clock.instant());
        return Optional.of(poll);
    }

    /** Runs one attempt for an old epoch. */
    public SettlementResult backfill(long epoch) throws InterruptedException {
        return task.run(new OpenEpoch(epoch, Set.of()), Purpose.BACKFILL);
    }

    /** The result of one attempt to settle an epoch. */
    public record SettlementResult(Poll poll, SettlementCompletion completion) {

        /** Whether another attempt can help. */
        public enum SettlementCompletion {
            /** The tracker reported all it knows; another attempt brings nothing new. */
            DONE,
            /** The response was unusable or some nodes got no response; another attempt may help. */
            INCOMPLETE,
            /** The tracker or Kafka was unavailable; another attempt is needed. */
            TRANSIENT_FAILURE
        }
    }
}

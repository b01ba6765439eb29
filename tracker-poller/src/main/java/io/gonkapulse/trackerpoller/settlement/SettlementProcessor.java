package io.gonkapulse.trackerpoller.settlement;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** Fetches epochs that are over: those of the plan when they are due, and any other on demand. */
public final class SettlementProcessor {

    private final SettlementPlan plan;
    private final SettlementTask task;
    private final InstantSource clock;

    public SettlementProcessor(
            Tracker tracker,
            SettlementPlan plan,
            PollPublisher outlet,
            String owner,
            InstantSource clock,
            ExecutorService askers) {
        this.plan = plan;
        this.clock = clock;
        this.task = new SettlementTask(tracker, outlet, owner, clock, new NodeResultReader(askers, clock));
    }

    /** One round for the epoch that is due first; empty when none is. */
    public Optional<Poll> settleOne() throws InterruptedException {
        Optional<OpenEpoch> due = plan.nextDue(clock.instant());
        if (due.isEmpty()) {
            return Optional.empty();
        }
        Poll poll = task.run(due.get(), Purpose.SETTLEMENT).poll();
        plan.recordAttempt(due.get(), poll, clock.instant());
        return Optional.of(poll);
    }

    /** One round for an old epoch. */
    public SettlementResult backfill(long epoch) throws InterruptedException {
        return task.run(new OpenEpoch(epoch, Set.of()), Purpose.BACKFILL);
    }
}

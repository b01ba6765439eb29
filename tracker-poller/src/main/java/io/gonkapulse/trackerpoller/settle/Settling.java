package io.gonkapulse.trackerpoller.settle;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.trackerpoller.publish.Outlet;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** Fetches epochs that are over: those of the plan when they are due, and any other on demand. */
public final class Settling {

    private final SettlementPlan plan;
    private final SettlementRound round;
    private final InstantSource clock;

    public Settling(
            Tracker tracker,
            SettlementPlan plan,
            Outlet outlet,
            String owner,
            InstantSource clock,
            ExecutorService askers) {
        this.plan = plan;
        this.clock = clock;
        this.round = new SettlementRound(tracker, outlet, owner, clock, new Questions(askers, clock));
    }

    /** One round for the epoch that is due first; empty when none is. */
    public Optional<Poll> settleOne() throws InterruptedException {
        Optional<OpenEpoch> due = plan.due(clock.instant());
        if (due.isEmpty()) {
            return Optional.empty();
        }
        Poll poll = round.run(due.get(), Purpose.SETTLEMENT).poll();
        plan.asked(due.get(), poll, clock.instant());
        return Optional.of(poll);
    }

    /** One round for an old epoch. */
    public Round backfill(long epoch) throws InterruptedException {
        return round.run(new OpenEpoch(epoch, Set.of()), Purpose.BACKFILL);
    }
}

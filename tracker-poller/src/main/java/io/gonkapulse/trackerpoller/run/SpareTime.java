package io.gonkapulse.trackerpoller.run;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.trackerpoller.backfill.BackfillDesk;
import io.gonkapulse.trackerpoller.hardware.HardwareRound;
import io.gonkapulse.trackerpoller.settle.Round;
import io.gonkapulse.trackerpoller.settle.SettlementPlan;
import io.gonkapulse.trackerpoller.settle.Settling;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** All that is asked of one tracker beside its beats: rewards first, then old epochs on order, then hardware. */
final class SpareTime {

    private static final Duration LONGEST_REST = Duration.ofSeconds(15);

    private final SettlementPlan plan;
    private final Settling settling;
    private final BackfillDesk desk;
    private final HardwareRound hardware;
    private final Surroundings around;
    private final Bell bell = new Bell();

    SpareTime(SettlementPlan plan, Settling settling, BackfillDesk desk, HardwareRound hardware, Surroundings around) {
        this.plan = plan;
        this.settling = settling;
        this.desk = desk;
        this.hardware = hardware;
        this.around = around;
    }

    /** Something has come up. */
    void wake() {
        bell.ring();
    }

    void run() throws InterruptedException {
        while (true) {
            if (!around.lease().isHeld() || !workOnce()) {
                bell.await(LONGEST_REST);
            }
        }
    }

    private boolean workOnce() throws InterruptedException {
        return settleOne() || backfillOne() || askForHardware();
    }

    private boolean settleOne() throws InterruptedException {
        Optional<Poll> poll = settling.settleOne();
        poll.ifPresent(around.log()::polled);
        return poll.isPresent();
    }

    private boolean backfillOne() throws InterruptedException {
        OptionalLong epoch = desk.next(plan.running(), around.clock().instant());
        if (epoch.isEmpty()) {
            return false;
        }
        Round round = settling.backfill(epoch.getAsLong());
        around.log().polled(round.poll());
        desk.fetched(epoch.getAsLong(), round, around.clock().instant());
        return true;
    }

    private boolean askForHardware() throws InterruptedException {
        Set<NodeIdentifier> nodes = plan.seen();
        return !nodes.isEmpty() && hardware.ask(nodes);
    }
}

package io.gonkapulse.trackerpoller.background;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.trackerpoller.background.SettlementProcessor.SettlementResult;
import io.gonkapulse.trackerpoller.polling.SharedPollerContext;
import io.gonkapulse.trackerpoller.polling.WakeupTimer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Runs all work of one tracker besides its scheduled polls. Settlements come first, then backfills, then hardware
 * requests.
 */
public final class BackgroundLoop {

    /** Nothing wakes the loop when an epoch or a retry becomes due, so it checks at this interval. */
    private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(15);

    private final SettlementSchedule schedule;
    private final SettlementProcessor settlements;
    private final BackfillQueue backfills;
    private final HardwareRefreshTask hardware;
    private final SharedPollerContext context;
    private final WakeupTimer wakeup = new WakeupTimer();

    public BackgroundLoop(
            SettlementSchedule schedule,
            SettlementProcessor settlements,
            BackfillQueue backfills,
            HardwareRefreshTask hardware,
            SharedPollerContext context) {
        this.schedule = schedule;
        this.settlements = settlements;
        this.backfills = backfills;
        this.hardware = hardware;
        this.context = context;
    }

    /** Wakes the loop when new work arrives. */
    public void wake() {
        wakeup.wake();
    }

    public void run() throws InterruptedException {
        while (true) {
            if (!context.lease().isHeld() || !runNextTask()) {
                wakeup.await(MAX_IDLE_TIME);
            }
        }
    }

    private boolean runNextTask() throws InterruptedException {
        return settleOne() || backfillOne() || refreshHardware();
    }

    private boolean settleOne() throws InterruptedException {
        Optional<Poll> poll = settlements.settleOne();
        poll.ifPresent(context.reporter()::report);
        return poll.isPresent();
    }

    private boolean backfillOne() throws InterruptedException {
        OptionalLong epoch =
                backfills.nextEpoch(schedule.runningEpoch(), context.clock().instant());
        if (epoch.isEmpty()) {
            return false;
        }
        SettlementResult result = settlements.backfill(epoch.getAsLong());
        context.reporter().report(result.poll());
        backfills.recordAttempt(epoch.getAsLong(), result, context.clock().instant());
        return true;
    }

    private boolean refreshHardware() throws InterruptedException {
        Set<NodeIdentifier> nodes = schedule.seenNodes();
        return !nodes.isEmpty() && hardware.refresh(nodes);
    }
}

package io.gonkapulse.trackerpoller;

import io.gonkapulse.contracts.TrackerCommand.BackfillEpochs;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.assignment.TrackerAssignmentListener.InitialBackfillState;
import io.gonkapulse.trackerpoller.background.BackfillQueue;
import io.gonkapulse.trackerpoller.background.BackfillQueue.BackfillTask;
import io.gonkapulse.trackerpoller.background.BackgroundLoop;
import io.gonkapulse.trackerpoller.background.HardwareRefreshTask;
import io.gonkapulse.trackerpoller.background.SettlementProcessor;
import io.gonkapulse.trackerpoller.background.SettlementSchedule;
import io.gonkapulse.trackerpoller.polling.EpochPoller;
import io.gonkapulse.trackerpoller.polling.PollLoop;
import io.gonkapulse.trackerpoller.polling.PollResult;
import io.gonkapulse.trackerpoller.polling.PollResult.ObservedEpoch;
import io.gonkapulse.trackerpoller.polling.SharedPollerContext;
import io.gonkapulse.trackerpoller.polling.WakeupTimer;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import io.gonkapulse.trackerpoller.trackerapi.PollingSettings;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls one tracker from assignment to revocation, on two threads: scheduled polls and background work. */
final class TrackerRunner {

    private static final Logger LOG = LoggerFactory.getLogger(TrackerRunner.class);

    /** Long enough for a running task to notice the interrupt, short enough for a rebalance. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** Keeps a task that fails at once from using a whole core. */
    private static final Duration ERROR_BACK_OFF = Duration.ofSeconds(5);

    private final Tracker tracker;
    private final SharedPollerContext context;
    private final InitialBackfillState initialBackfill;
    private final SettlementSchedule schedule;
    private final BackfillQueue backfills;
    private final PollLoop pollLoop;
    private final BackgroundLoop backgroundLoop;
    private final ExecutorService requestExecutor;
    private final List<Thread> threads;

    TrackerRunner(Tracker tracker, SharedPollerContext context, InitialBackfillState initialBackfill) {
        PollingSettings settings = tracker.settings();
        this.tracker = tracker;
        this.context = context;
        this.initialBackfill = initialBackfill;
        this.schedule = new SettlementSchedule(settings);
        this.backfills = new BackfillQueue(context.commandSender()::accept);
        this.requestExecutor = Executors.newFixedThreadPool(
                settings.parallelRequests(), work -> new Thread(work, "request-" + settings.name()));
        this.pollLoop = new PollLoop(
                settings,
                new EpochPoller(tracker, context.publisher(), context.owner(), context.clock()),
                context,
                this::onPollResult);
        this.backgroundLoop = new BackgroundLoop(
                schedule,
                new SettlementProcessor(tracker, schedule, context, requestExecutor),
                backfills,
                new HardwareRefreshTask(tracker, context.clock()),
                context);
        this.threads = List.of(
                new Thread(() -> runUntilInterrupted(pollLoop::run), "poll-" + settings.name()),
                new Thread(() -> runUntilInterrupted(backgroundLoop::run), "background-" + settings.name()));
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /**
     * Returns when no task runs any more, or after the timeout. After the timeout a task can finish its current
     * request, no more.
     */
    void stop() {
        threads.forEach(Thread::interrupt);
        requestExecutor.shutdownNow();
        try {
            for (Thread thread : threads) {
                thread.join(STOP_TIMEOUT.toMillis());
            }
            if (!requestExecutor.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Requests to {} are still running; their responses are dropped", tracker);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Tracker tracker() {
        return tracker;
    }

    long epochsToBackfill() {
        return backfills.remainingEpochs();
    }

    void pollNow() {
        pollLoop.pollNow();
    }

    void addBackfill(BackfillTask task) {
        backfills.add(task);
        backgroundLoop.wake();
    }

    /** Feeds what the poll observed to the settlement schedule, and wakes the background loop for new epochs. */
    private void onPollResult(PollResult result) {
        context.reporter().report(result.poll());
        result.observed().ifPresent(seen -> {
            schedule.observe(seen, context.clock().instant());
            requestInitialBackfill(seen);
            backgroundLoop.wake();
        });
    }

    /**
     * Sends the command before it marks the backfill as done. A crash in between sends the command twice, which is
     * harmless.
     */
    private void requestInitialBackfill(ObservedEpoch seen) {
        TrackerName name = tracker.settings().name();
        long newest = seen.epoch() - 1;
        long oldest = Math.max(1, seen.epoch() - tracker.settings().initialBackfillEpochs());
        if (tracker.settings().initialBackfillEpochs() > 0 && newest >= oldest && initialBackfill.isPending()) {
            try {
                context.commandSender()
                        .accept(new BackfillEpochs(
                                "first-" + name, name, context.clock().instant(), oldest, newest));
                initialBackfill.markDone();
            } catch (PublishFailedException failure) {
                LOG.warn(
                        "Cannot send the initial backfill of {}, retrying after the next poll: {}",
                        name,
                        failure.getMessage());
            }
        }
    }

    /** An error of the virtual machine halts the process. Any other throwable costs one poll, not the thread. */
    private void runUntilInterrupted(LoopTask work) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                work.run();
            } catch (InterruptedException e) {
                return;
            } catch (VirtualMachineError fatal) {
                terminate(fatal);
                return;
            } catch (Throwable unexpected) {
                LOG.error("Unexpected error while polling {}; polling continues", tracker, unexpected);
                backOff();
            }
        }
    }

    private void terminate(VirtualMachineError fatal) {
        try {
            LOG.error("Error of the virtual machine while polling {}; the process halts", tracker, fatal);
        } finally {
            context.haltProcess().run();
        }
    }

    private void backOff() {
        try {
            new WakeupTimer().await(ERROR_BACK_OFF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface LoopTask {
        void run() throws InterruptedException;
    }
}

package io.gonkapulse.trackerpoller.run;

import io.gonkapulse.contracts.TrackerCommand.Backfill;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.backfill.BackfillDesk;
import io.gonkapulse.trackerpoller.backfill.BackfillOrder;
import io.gonkapulse.trackerpoller.hardware.HardwareRound;
import io.gonkapulse.trackerpoller.own.FirstMeeting;
import io.gonkapulse.trackerpoller.poll.CurrentPoll;
import io.gonkapulse.trackerpoller.poll.PollResult;
import io.gonkapulse.trackerpoller.poll.PollResult.Seen;
import io.gonkapulse.trackerpoller.publish.PublishFailedException;
import io.gonkapulse.trackerpoller.settle.SettlementPlan;
import io.gonkapulse.trackerpoller.settle.Settling;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import io.gonkapulse.trackerpoller.tracker.TrackerSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tracker that is being polled, from the moment it is ours until it is given away. */
final class TrackerRun {

    private static final Logger LOG = LoggerFactory.getLogger(TrackerRun.class);

    /** Enough for what is under way to notice that it is over. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private static final Duration AFTER_THE_UNFORESEEN = Duration.ofSeconds(5);

    private final Tracker tracker;
    private final Surroundings around;
    private final FirstMeeting meeting;
    private final SettlementPlan plan;
    private final BackfillDesk desk;
    private final Beats beats;
    private final SpareTime spareTime;
    private final ExecutorService askers;
    private final List<Thread> threads;

    TrackerRun(Tracker tracker, Surroundings around, FirstMeeting meeting) {
        TrackerSettings settings = tracker.settings();
        this.tracker = tracker;
        this.around = around;
        this.meeting = meeting;
        this.plan = new SettlementPlan(settings);
        this.desk = new BackfillDesk(around.orders()::accept);
        this.askers = Executors.newFixedThreadPool(
                settings.parallelQuestions(), work -> new Thread(work, "ask-" + settings.name()));
        this.beats = new Beats(
                settings,
                new CurrentPoll(tracker, around.outlet(), around.owner(), around.clock()),
                around,
                this::polled);
        this.spareTime = new SpareTime(
                plan,
                new Settling(tracker, plan, around.outlet(), around.owner(), around.clock(), askers),
                desk,
                new HardwareRound(tracker, around.clock()),
                around);
        this.threads = List.of(
                new Thread(() -> untilInterrupted(beats::run), "poll-" + settings.name()),
                new Thread(() -> untilInterrupted(spareTime::run), "spare-" + settings.name()));
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Returns when nothing of it runs any more, or has not noticed in time; then it may finish a request, no more. */
    void stop() {
        threads.forEach(Thread::interrupt);
        askers.shutdownNow();
        try {
            for (Thread thread : threads) {
                thread.join(STOP_WITHIN.toMillis());
            }
            if (!askers.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Questions to {} are still under way; their answers are dropped", tracker);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Tracker tracker() {
        return tracker;
    }

    long epochsToBackfill() {
        return desk.remaining();
    }

    void pollNow() {
        beats.pollNow();
    }

    void backfill(BackfillOrder order) {
        desk.accept(order);
        spareTime.wake();
    }

    private void polled(PollResult result) {
        around.log().polled(result.poll());
        result.seen().ifPresent(seen -> {
            plan.sees(seen, around.clock().instant());
            meetIfDue(seen);
            spareTime.wake();
        });
    }

    /** The order is safe before the meeting counts as done, so that a crash in between only sends it twice. */
    private void meetIfDue(Seen seen) {
        TrackerName name = tracker.settings().name();
        long newest = seen.epoch() - 1;
        long oldest = Math.max(1, seen.epoch() - tracker.settings().firstBackfill());
        if (tracker.settings().firstBackfill() > 0 && newest >= oldest && meeting.isDue()) {
            try {
                around.orders()
                        .accept(new Backfill(
                                "first-" + name, name, around.clock().instant(), oldest, newest));
                meeting.done();
            } catch (PublishFailedException failure) {
                LOG.warn("The first backfill of {} is not ordered yet: {}", name, failure.getMessage());
            }
        }
    }

    private void untilInterrupted(Work work) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                work.run();
            } catch (InterruptedException e) {
                return;
            } catch (VirtualMachineError fatal) {
                end(fatal);
                return;
            } catch (Throwable unforeseen) {
                LOG.error("Polling {} met something that was not foreseen; it goes on", tracker, unforeseen);
                rest();
            }
        }
    }

    private void end(VirtualMachineError fatal) {
        try {
            LOG.error("Polling {} met a failure of the virtual machine; the program ends", tracker, fatal);
        } finally {
            around.halt().now();
        }
    }

    /** So that what fails at once does not do so without end. */
    private void rest() {
        try {
            new Bell().await(AFTER_THE_UNFORESEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }
}

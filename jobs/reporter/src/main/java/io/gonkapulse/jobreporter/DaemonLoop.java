package io.gonkapulse.jobreporter;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a step in a daemon thread. It looks for work at short intervals, so that a caller who has some need not wake
 * it, which costs microseconds. Only after a quiet time it sleeps until it is woken.
 */
final class DaemonLoop {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonLoop.class);

    /** Steps without work before the loop sleeps. */
    private static final int QUIET_STEPS = 100;

    private static final long PAUSE_AFTER_DEFECT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Step step;
    private final long pauseNanos;
    private final Thread thread;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean asleep;
    private volatile boolean stopped;

    /** What the loop repeats. */
    interface Step {

        /** Returns the pause until the next step in nanoseconds, or {@link #NO_WORK}. */
        long run() throws InterruptedException;

        long NO_WORK = -1;
    }

    DaemonLoop(String name, long pauseNanos, Step step) {
        this.step = step;
        this.pauseNanos = pauseNanos;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Costs a volatile read unless the loop sleeps. */
    void wake() {
        if (asleep) {
            hurry();
        }
    }

    /** Ends a pause, too. */
    void hurry() {
        asleep = false;
        wakeUps.release();
    }

    /** Interrupts a step, and waits until the thread has ended. */
    void stop(long nanos) throws InterruptedException {
        stopped = true;
        thread.interrupt();
        TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
    }

    private void run() {
        try {
            int quietSteps = 0;
            while (!stopped) {
                long pause = runStep();
                quietSteps = pause == Step.NO_WORK ? quietSteps + 1 : 0;
                if (quietSteps <= QUIET_STEPS) {
                    asleep = false;
                    pause(pause == Step.NO_WORK ? pauseNanos : pause);
                } else if (asleep) {
                    sleep();
                    quietSteps = 0;
                } else {
                    // One more step finds work of a caller who has not seen this yet.
                    asleep = true;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was stopped", thread.getName());
        }
    }

    /** Neither a defect of this library nor a value of a caller may end the reports of the program. */
    private long runStep() throws InterruptedException {
        try {
            return step.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Reporting of jobs failed, continuing", e);
            return PAUSE_AFTER_DEFECT_NANOS;
        }
    }

    private void pause(long nanos) throws InterruptedException {
        if (nanos > 0 && wakeUps.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            wakeUps.drainPermits();
        }
    }

    private void sleep() throws InterruptedException {
        while (asleep && !stopped) {
            wakeUps.acquire();
        }
    }
}

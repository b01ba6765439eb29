package io.gonkapulse.trackerpoller.own;

import io.gonkapulse.servicekit.launch.FailureLine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps this poller in the group for as long as the program runs: joins when the topics are there, and joins anew when
 * the consumer could not go on.
 */
public final class OwnershipThread implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OwnershipThread.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final BooleanSupplier topics;
    private final boolean startsByItself;
    private final Supplier<OwnershipListener> listeners;
    private final Halt halt;
    private @Nullable Thread thread;
    private volatile @Nullable OwnershipListener listener;
    private volatile CountDownLatch stopping = new CountDownLatch(1);

    /**
     * Not running yet.
     *
     * @param topics sees to it that the topics are there, and says whether they are
     * @param startsByItself with the program; other commands than run have no use for trackers
     * @param halt for when the virtual machine has failed
     */
    OwnershipThread(BooleanSupplier topics, boolean startsByItself, Supplier<OwnershipListener> listeners, Halt halt) {
        this.topics = topics;
        this.startsByItself = startsByItself;
        this.listeners = listeners;
        this.halt = halt;
    }

    @Override
    public boolean isAutoStartup() {
        return startsByItself;
    }

    @Override
    public synchronized void start() {
        stopping = new CountDownLatch(1);
        thread = new Thread(this::run, "ownership");
        thread.start();
    }

    /** Returns when no tracker is polled here any more and the group knows it. */
    @Override
    public synchronized void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        stopping.countDown();
        OwnershipListener current = listener;
        if (current != null) {
            current.stop();
        } else {
            // It may be waiting for a Kafka that is away, and owns nothing.
            running.interrupt();
        }
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        Duration pause = SHORTEST_PAUSE;
        try {
            while (!isStopping()) {
                if (listened()) {
                    pause = SHORTEST_PAUSE;
                } else {
                    LOG.info("The topics are not there yet; trying again in {} ms", pause.toMillis());
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
                stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            LOG.info("Interrupted; no tracker is polled here any more");
        } catch (VirtualMachineError fatal) {
            end(fatal);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** False when it could not begin. */
    private boolean listened() {
        boolean begun = false;
        try {
            if (!topics.getAsBoolean()) {
                return false;
            }
            begun = true;
            OwnershipListener current = listeners.get();
            listener = current;
            // Whoever stops says so first and then looks for a listener, so one of both sees the other.
            if (isStopping()) {
                current.stop();
            }
            current.listen();
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable failure) {
            LOG.warn("This poller is not in its group and will join it again: {}", FailureLine.of(failure));
        } finally {
            listener = null;
        }
        return begun;
    }

    private void end(VirtualMachineError fatal) {
        try {
            LOG.error("The group of pollers met a failure of the virtual machine; the program ends", fatal);
        } finally {
            halt.now();
        }
    }
}

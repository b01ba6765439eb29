package io.gonkapulse.trackerpoller.assignment;

import io.gonkapulse.servicekit.launch.FailureFormatter;
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
public final class AssignmentLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AssignmentLoop.class);
    private static final Duration MIN_BACK_OFF = Duration.ofMillis(500);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(15);

    private final BooleanSupplier ensureTopics;
    private final boolean autoStartup;
    private final Supplier<AssignmentConsumer> consumers;
    private final FatalErrorHandler fatalErrorHandler;
    private @Nullable Thread thread;
    private volatile @Nullable AssignmentConsumer consumer;
    private volatile CountDownLatch stopping = new CountDownLatch(1);

    /**
     * Not running yet.
     *
     * @param topics sees to it that the topics are there, and says whether they are
     * @param startsByItself with the program; other commands than run have no use for trackers
     * @param halt for when the virtual machine has failed
     */
    AssignmentLoop(
            BooleanSupplier topics,
            boolean startsByItself,
            Supplier<AssignmentConsumer> listeners,
            FatalErrorHandler halt) {
        this.ensureTopics = topics;
        this.autoStartup = startsByItself;
        this.consumers = listeners;
        this.fatalErrorHandler = halt;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStartup;
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
        AssignmentConsumer current = consumer;
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
        Duration backOff = MIN_BACK_OFF;
        try {
            while (!isStopping()) {
                if (consume()) {
                    backOff = MIN_BACK_OFF;
                } else {
                    LOG.info("The topics are not there yet; trying again in {} ms", backOff.toMillis());
                    backOff = backOff.multipliedBy(2).compareTo(MAX_BACK_OFF) < 0
                            ? backOff.multipliedBy(2)
                            : MAX_BACK_OFF;
                }
                stopping.await(backOff.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            LOG.info("Interrupted; no tracker is polled here any more");
        } catch (VirtualMachineError fatal) {
            terminate(fatal);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** False when it could not begin. */
    private boolean consume() {
        boolean started = false;
        try {
            if (!ensureTopics.getAsBoolean()) {
                return false;
            }
            started = true;
            AssignmentConsumer current = consumers.get();
            consumer = current;
            // Whoever stops says so first and then looks for a listener, so one of both sees the other.
            if (isStopping()) {
                current.stop();
            }
            current.run();
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable failure) {
            LOG.warn("This poller is not in its group and will join it again: {}", FailureFormatter.format(failure));
        } finally {
            consumer = null;
        }
        return started;
    }

    private void terminate(VirtualMachineError fatal) {
        try {
            LOG.error("The group of pollers met a failure of the virtual machine; the program ends", fatal);
        } finally {
            fatalErrorHandler.haltProcess();
        }
    }
}

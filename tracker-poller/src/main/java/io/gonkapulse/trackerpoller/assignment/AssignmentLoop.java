package io.gonkapulse.trackerpoller.assignment;

import io.gonkapulse.servicekit.observability.FailureFormatter;
import io.gonkapulse.trackerpoller.http.BackOff;
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
 * Keeps this poller in its consumer group. Joins when the topics exist, and joins again with a back-off when the
 * consumer fails.
 */
public final class AssignmentLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AssignmentLoop.class);
    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(15));

    private final BooleanSupplier ensureTopics;
    private final boolean autoStartup;
    private final Supplier<AssignmentConsumer> consumers;
    private final Runnable haltProcess;
    private @Nullable Thread thread;
    private volatile @Nullable AssignmentConsumer consumer;
    private volatile CountDownLatch stopping = new CountDownLatch(1);

    /**
     * @param ensureTopics creates missing topics and returns whether all exist
     * @param autoStartup whether the loop starts with the application; only {@code run} needs assignments
     * @param haltProcess called after an error of the virtual machine
     */
    public AssignmentLoop(
            BooleanSupplier ensureTopics,
            boolean autoStartup,
            Supplier<AssignmentConsumer> consumers,
            Runnable haltProcess) {
        this.ensureTopics = ensureTopics;
        this.autoStartup = autoStartup;
        this.consumers = consumers;
        this.haltProcess = haltProcess;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStartup;
    }

    @Override
    public synchronized void start() {
        stopping = new CountDownLatch(1);
        thread = new Thread(this::run, "assignment");
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
            // The thread may wait for an unavailable Kafka, with nothing assigned.
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
        int failures = 0;
        try {
            while (!isStopping()) {
                failures = consume() ? 0 : failures + 1;
                Duration backOff = BACK_OFF.delay(failures + 1);
                if (failures > 0) {
                    LOG.info("The topics are not available yet; retrying in {} ms", backOff.toMillis());
                }
                stopping.await(backOff.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            LOG.info("Interrupted; this poller polls nothing any more");
        } catch (VirtualMachineError fatal) {
            terminate(fatal);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Returns false when the topics do not exist yet or cannot be checked. */
    private boolean consume() {
        boolean started = false;
        try {
            if (!ensureTopics.getAsBoolean()) {
                return false;
            }
            started = true;
            AssignmentConsumer current = consumers.get();
            consumer = current;
            // stop() sets the latch before it reads the consumer, and this thread does the reverse, so one of them sees
            // the other.
            if (isStopping()) {
                current.stop();
            }
            current.run();
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable failure) {
            LOG.warn(
                    "Not a member of the consumer group; joining again after a pause: {}",
                    FailureFormatter.format(failure));
        } finally {
            consumer = null;
        }
        return started;
    }

    private void terminate(VirtualMachineError fatal) {
        try {
            LOG.error("Error of the virtual machine in the consumer of commands; the process halts", fatal);
        } finally {
            haltProcess.run();
        }
    }
}

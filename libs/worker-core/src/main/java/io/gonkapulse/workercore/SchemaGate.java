package io.gonkapulse.workercore;

import io.gonkapulse.servicekit.observability.FailureFormatter;
import io.gonkapulse.servicekit.schema.SchemaCheckResult;
import io.gonkapulse.servicekit.schema.SchemaCheckResult.SchemaStatus;
import io.gonkapulse.servicekit.schema.SchemaVersionCheck;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the consumers when the schema is new enough and the topics exist; checks until then. A
 * consumer that joined earlier would hold partitions that it cannot process.
 */
public final class SchemaGate implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaGate.class);
    private static final SchemaCheckResult NOT_CHECKED =
            new SchemaCheckResult(SchemaStatus.UNREACHABLE, 0, "The schema has not been checked yet");

    /** After the start, checks only feed the meter and find topics that were deleted or lose records. */
    private static final Duration RUNNING_CHECK_INTERVAL = Duration.ofSeconds(30);

    /** Waits for consumers that are being started; an interrupt already ends calls to the broker. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);

    private final SchemaVersionCheck schema;
    private final TopicSetup topics;
    private final List<TopicConsumer> consumers;
    private final Duration checkInterval;
    private final Duration runningCheckInterval;
    private final boolean autoStart;
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "schema-gate"));
    private volatile SchemaCheckResult schemaState = NOT_CHECKED;
    private volatile String waitingReason = NOT_CHECKED.reason();
    private volatile boolean startRequested;
    private volatile boolean open;

    /**
     * Creates a gate with the default interval after the start.
     *
     * @param autoStart false for commands, which use the context without its consumers
     */
    public SchemaGate(
            SchemaVersionCheck schema,
            TopicSetup topics,
            List<TopicConsumer> consumers,
            Duration checkInterval,
            boolean autoStart) {
        this(schema, topics, consumers, checkInterval, RUNNING_CHECK_INTERVAL, autoStart);
    }

    /**
     * Creates a gate.
     *
     * @param checkInterval between checks while the consumers wait
     * @param runningCheckInterval between checks while they run
     */
    SchemaGate(
            SchemaVersionCheck schema,
            TopicSetup topics,
            List<TopicConsumer> consumers,
            Duration checkInterval,
            Duration runningCheckInterval,
            boolean autoStart) {
        this.schema = schema;
        this.topics = topics;
        this.consumers = List.copyOf(consumers);
        this.checkInterval = checkInterval;
        this.runningCheckInterval = runningCheckInterval;
        this.autoStart = autoStart;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStart;
    }

    @Override
    public void start() {
        startRequested = true;
        scheduler.execute(this::checkAndOpen);
    }

    private void checkAndOpen() {
        SchemaCheckResult before = schemaState;
        schemaState = schema.check();
        if (!schemaState.equals(before)) {
            LOG.info("{}", schemaState.reason());
        }
        if (open) {
            recreateMissingTopics();
            scheduleCheck(runningCheckInterval);
        } else {
            scheduleCheck(tryOpen() ? runningCheckInterval : checkInterval);
        }
    }

    /** Failures are ignored, because the next check tries again. */
    private void recreateMissingTopics() {
        try {
            topics.recreateMissing();
        } catch (RuntimeException e) {
            LOG.debug("Deleted topics cannot be detected: {}", FailureFormatter.format(e));
        }
    }

    private boolean tryOpen() {
        if (!isSchemaUsable()) {
            waitingReason = schemaState.reason();
            return false;
        }
        try {
            if (!topics.createAndCheck()) {
                return false;
            }
            consumers.stream()
                    .filter(consumer -> startRequested && !consumer.isRunning())
                    .forEach(TopicConsumer::start);
            open = startRequested;
            return open;
        } catch (RuntimeException e) {
            warnOnce("The consumers cannot start yet: " + FailureFormatter.format(e));
            return false;
        }
    }

    private void warnOnce(String problem) {
        if (!problem.equals(waitingReason)) {
            LOG.warn("{}", problem);
        }
        waitingReason = problem;
    }

    private void scheduleCheck(Duration delay) {
        if (startRequested) {
            ScheduledFuture<?> unused = scheduler.schedule(this::checkAndOpen, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether the latest check found a schema that this program can use. */
    public boolean isSchemaUsable() {
        return schemaState.hasStatus(SchemaStatus.OK) || schemaState.hasStatus(SchemaStatus.TOO_NEW);
    }

    /** Why the consumers do not run: the schema, or the broker. */
    String waitingReason() {
        return waitingReason;
    }

    /** Result of the latest check. */
    SchemaCheckResult schemaState() {
        return schemaState;
    }

    boolean isOpen() {
        return open;
    }

    double recordLossState(String topic) {
        return topics.recordLossState(topic);
    }

    List<TopicConsumer> consumers() {
        return consumers;
    }

    @Override
    public void stop() {
        startRequested = false;
        scheduler.shutdownNow();
        if (!open) {
            // The gate may be opening right now; nothing would stop consumers that it starts
            // afterwards.
            awaitTermination(scheduler, START_TIMEOUT, "The schema gate");
        }
        stopAll();
        open = false;
    }

    private void stopAll() {
        ExecutorService stoppers = Executors.newCachedThreadPool();
        consumers.forEach(consumer -> stoppers.execute(consumer::stop));
        stoppers.shutdown();
        awaitTermination(stoppers, STOP_TIMEOUT, "A consumer");
    }

    private static void awaitTermination(ExecutorService executor, Duration timeout, String name) {
        try {
            if (!executor.awaitTermination(timeout.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("{} did not stop within {} s", name, timeout.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return startRequested;
    }

    /** Creates and checks topics. */
    @FunctionalInterface
    public interface TopicSetup {

        /** Returns false if the broker does not respond. */
        boolean createAndCheck();

        /** Creates topics again that were deleted since. */
        default void recreateMissing() {}

        /** 1 if the settings of a topic with unlimited retention let it lose records, 0 if not, NaN if unknown. */
        default double recordLossState(String topic) {
            return Double.NaN;
        }
    }
}

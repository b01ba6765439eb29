package io.gonkapulse.workercore.schemagate;

import io.gonkapulse.servicekit.launch.FailureFormatter;
import io.gonkapulse.servicekit.schema.SchemaCheckResult;
import io.gonkapulse.servicekit.schema.SchemaStatus;
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
 * Starts the intakes once the schema has all they need and the topics are there, and looks until then. A consumer that
 * joined earlier would hold partitions that it cannot serve.
 */
public final class SchemaGate implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaGate.class);
    private static final SchemaCheckResult NOT_CHECKED =
            new SchemaCheckResult(SchemaStatus.UNREACHABLE, 0, "The schema has not been looked at yet");

    /** Once the consumers run, a look is for the meter, and for topics that vanish or lose records. */
    private static final Duration RUNNING_CHECK_INTERVAL = Duration.ofSeconds(30);

    /** An interrupt ends what waits for the broker; this is for consumers that are being started. */
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
     * A gate in front of these intakes.
     *
     * @param autoStart whether it begins with its context; commands use the context without its consumers
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
     * A gate that looks as often as is said.
     *
     * @param checkInterval between looks while the consumers wait
     * @param runningCheckInterval between looks once they run
     */
    public SchemaGate(
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

    /** Where the broker does not answer, the next look asks again. */
    private void recreateMissingTopics() {
        try {
            topics.recreateMissing();
        } catch (RuntimeException e) {
            LOG.debug("Whether topics have vanished cannot be seen: {}", FailureFormatter.format(e));
        }
    }

    private boolean tryOpen() {
        if (!schemaState.hasStatus(SchemaStatus.OK) && !schemaState.hasStatus(SchemaStatus.TOO_NEW)) {
            waitingReason = schemaState.reason();
            return false;
        }
        try {
            if (!topics.createAndCheck()) {
                return false;
            }
            consumers.stream()
                    .filter(intake -> startRequested && !intake.isRunning())
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

    /** What the consumers wait for while they do not run: the schema, or the broker. */
    String waitingReason() {
        return waitingReason;
    }

    /** The newest look at the schema. */
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
            // It may be about to open, and what it starts after the others were stopped nobody stops.
            awaitTermination(scheduler, START_TIMEOUT, "The schema gate");
        }
        stopAll();
        open = false;
    }

    private void stopAll() {
        ExecutorService stoppers = Executors.newCachedThreadPool();
        consumers.forEach(intake -> stoppers.execute(intake::stop));
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

    /** Declares topics. */
    @FunctionalInterface
    public interface TopicSetup {

        /** False where the broker does not answer. */
        boolean createAndCheck();

        /** Declares those again that have vanished since. */
        default void recreateMissing() {}

        /** 1 where a topic that is to be kept for ever may lose records by its settings, 0 where not; NaN: unknown. */
        default double recordLossState(String topic) {
            return Double.NaN;
        }
    }
}

package io.gonkapulse.workercore.gate;

import io.gonkapulse.servicekit.launch.FailureLine;
import io.gonkapulse.servicekit.schema.SchemaLook;
import io.gonkapulse.servicekit.schema.SchemaState;
import io.gonkapulse.servicekit.schema.SchemaVerdict;
import io.gonkapulse.workercore.intake.Intake;
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
    private static final SchemaState NOT_LOOKED =
            new SchemaState(SchemaVerdict.UNREACHABLE, 0, "The schema has not been looked at yet");

    /** Once the consumers run, a look is for the meter, and for topics that vanish or lose records. */
    private static final Duration BETWEEN_LATER_LOOKS = Duration.ofSeconds(30);

    /** An interrupt ends what waits for the broker; this is for consumers that are being started. */
    private static final Duration LONGEST_OPENING = Duration.ofSeconds(15);

    private static final Duration LONGEST_STOP = Duration.ofMinutes(1);

    private final SchemaLook schema;
    private final Topics topics;
    private final List<Intake> intakes;
    private final Duration pause;
    private final Duration laterPause;
    private final boolean atOnce;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "schema-gate"));
    private volatile SchemaState seen = NOT_LOOKED;
    private volatile String waiting = NOT_LOOKED.reason();
    private volatile boolean wanted;
    private volatile boolean open;

    /**
     * A gate in front of these intakes.
     *
     * @param atOnce whether it begins with its context; commands use the context without its consumers
     */
    public SchemaGate(SchemaLook schema, Topics topics, List<Intake> intakes, Duration pause, boolean atOnce) {
        this(schema, topics, intakes, pause, BETWEEN_LATER_LOOKS, atOnce);
    }

    /**
     * A gate that looks as often as is said.
     *
     * @param pause between looks while the consumers wait
     * @param laterPause between looks once they run
     */
    public SchemaGate(
            SchemaLook schema,
            Topics topics,
            List<Intake> intakes,
            Duration pause,
            Duration laterPause,
            boolean atOnce) {
        this.schema = schema;
        this.topics = topics;
        this.intakes = List.copyOf(intakes);
        this.pause = pause;
        this.laterPause = laterPause;
        this.atOnce = atOnce;
    }

    @Override
    public boolean isAutoStartup() {
        return atOnce;
    }

    @Override
    public void start() {
        wanted = true;
        thread.execute(this::lookAndOpen);
    }

    private void lookAndOpen() {
        SchemaState before = seen;
        seen = schema.look();
        if (!seen.equals(before)) {
            LOG.info("{}", seen.reason());
        }
        if (open) {
            declareMissingTopics();
            lookLater(laterPause);
        } else {
            lookLater(opens() ? laterPause : pause);
        }
    }

    /** Where the broker does not answer, the next look asks again. */
    private void declareMissingTopics() {
        try {
            topics.declareMissing();
        } catch (RuntimeException e) {
            LOG.debug("Whether topics have vanished cannot be seen: {}", FailureLine.of(e));
        }
    }

    private boolean opens() {
        if (!seen.is(SchemaVerdict.OK) && !seen.is(SchemaVerdict.TOO_NEW)) {
            waiting = seen.reason();
            return false;
        }
        try {
            if (!topics.declare()) {
                return false;
            }
            intakes.stream().filter(intake -> wanted && !intake.isRunning()).forEach(Intake::start);
            open = wanted;
            return open;
        } catch (RuntimeException e) {
            tell("The consumers cannot start yet: " + FailureLine.of(e));
            return false;
        }
    }

    private void tell(String trouble) {
        if (!trouble.equals(waiting)) {
            LOG.warn("{}", trouble);
        }
        waiting = trouble;
    }

    private void lookLater(Duration after) {
        if (wanted) {
            ScheduledFuture<?> unused = thread.schedule(this::lookAndOpen, after.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What the consumers wait for while they do not run: the schema, or the broker. */
    String waiting() {
        return waiting;
    }

    /** The newest look at the schema. */
    SchemaState seen() {
        return seen;
    }

    boolean isOpen() {
        return open;
    }

    double losesRecords(String topic) {
        return topics.losesRecords(topic);
    }

    List<Intake> intakes() {
        return intakes;
    }

    @Override
    public void stop() {
        wanted = false;
        thread.shutdownNow();
        if (!open) {
            // It may be about to open, and what it starts after the others were stopped nobody stops.
            awaitEnd(thread, LONGEST_OPENING, "The schema gate");
        }
        stopAll();
        open = false;
    }

    private void stopAll() {
        ExecutorService stoppers = Executors.newCachedThreadPool();
        intakes.forEach(intake -> stoppers.execute(intake::stop));
        stoppers.shutdown();
        awaitEnd(stoppers, LONGEST_STOP, "A consumer");
    }

    private static void awaitEnd(ExecutorService work, Duration longest, String who) {
        try {
            if (!work.awaitTermination(longest.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("{} did not stop within {} s", who, longest.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return wanted;
    }

    /** Declares topics. */
    @FunctionalInterface
    public interface Topics {

        /** False where the broker does not answer. */
        boolean declare();

        /** Declares those again that have vanished since. */
        default void declareMissing() {}

        /** 1 where a topic that is to be kept for ever may lose records by its settings, 0 where not; NaN: unknown. */
        default double losesRecords(String topic) {
            return Double.NaN;
        }
    }
}

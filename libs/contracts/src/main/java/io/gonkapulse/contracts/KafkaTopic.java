package io.gonkapulse.contracts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A topic as every service declares it. The replication factor is missing: it belongs to the cluster.
 *
 * @param retention how long the broker retains records; empty means without limit
 * @param timestamps whose clock sets the timestamp of a record
 */
public record KafkaTopic(String name, int partitions, Optional<Duration> retention, TimestampSource timestamps) {

    /** Whose clock sets the timestamp of a record. */
    public enum TimestampSource {
        PRODUCER,
        BROKER
    }

    /**
     * Earnings are rebuilt from these records, so they are retained without limit unless an operator decides otherwise.
     */
    public static final KafkaTopic SNAPSHOTS = new KafkaTopic("tracker.snapshots", 12, Optional.empty());

    public static final KafkaTopic POLLS = new KafkaTopic("tracker.polls", 3, Optional.of(Duration.ofDays(30)));

    /**
     * The pollers share the partitions of this topic: the assigned consumer of a tracker's partition polls the tracker.
     */
    public static final KafkaTopic COMMANDS = new KafkaTopic("tracker.commands", 12, Optional.of(Duration.ofDays(7)));

    public static final List<KafkaTopic> TRACKER_TOPICS = List.of(SNAPSHOTS, POLLS, COMMANDS);

    /** The events of jobs. Their leases are compared with the time of the broker, because producers' clocks differ. */
    public static final KafkaTopic JOB_EVENTS =
            new KafkaTopic("job.events", 12, Optional.of(Duration.ofDays(90)), TimestampSource.BROKER);

    private static final String DEAD_LETTER_SUFFIX = ".dlt";

    /**
     * The broker refuses records of a sender whose clock is further ahead. The newest record wins in several tables, so
     * a record from the future would block all later ones.
     */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    public KafkaTopic(String name, int partitions, Optional<Duration> retention) {
        this(name, partitions, retention, TimestampSource.PRODUCER);
    }

    /** The topic to which a consumer group sends the records of this topic that it cannot process. */
    public KafkaTopic deadLetterTopic(String group) {
        return new KafkaTopic(name + "." + group + DEAD_LETTER_SUFFIX, partitions, Optional.of(Duration.ofDays(30)));
    }

    /**
     * The topic configuration by Kafka's names. A dead-letter topic accepts any timestamp: a consumer with a wrong
     * clock must not stop at an invalid record.
     */
    public Map<String, String> configs() {
        long maxAhead = name.endsWith(DEAD_LETTER_SUFFIX) ? Long.MAX_VALUE : MAX_CLOCK_SKEW.toMillis();
        return Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                String.valueOf(retention.map(Duration::toMillis).orElse(-1L)),
                "retention.bytes",
                "-1",
                "message.timestamp.type",
                timestamps == TimestampSource.BROKER ? "LogAppendTime" : "CreateTime",
                "message.timestamp.after.max.ms",
                String.valueOf(maxAhead));
    }
}

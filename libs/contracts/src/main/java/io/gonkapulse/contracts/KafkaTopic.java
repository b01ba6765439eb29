package io.gonkapulse.contracts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A topic as every service declares it. Replication is not said here: it belongs to the cluster.
 *
 * @param retention how long records are kept; empty is for ever
 */
public record KafkaTopic(String name, int partitions, Optional<Duration> retention) {

    /** Earnings are rebuilt from these records, so they are kept for ever unless an operator decides otherwise. */
    public static final KafkaTopic SNAPSHOTS = new KafkaTopic("tracker.snapshots", 12, Optional.empty());

    public static final KafkaTopic POLLS = new KafkaTopic("tracker.polls", 3, Optional.of(Duration.ofDays(30)));

    /** Its partitions are what pollers share out among themselves: whoever owns a tracker's partition polls it. */
    public static final KafkaTopic COMMANDS = new KafkaTopic("tracker.commands", 12, Optional.of(Duration.ofDays(7)));

    public static final List<KafkaTopic> ALL = List.of(SNAPSHOTS, POLLS, COMMANDS);

    private static final String DEAD_LETTER_SUFFIX = ".dlt";

    /** A sender whose clock is further ahead of the broker's is refused: newest wins, so its records would stay newest. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    /** Where a consumer group puts the records of this topic that it could not use. */
    public KafkaTopic deadLetterTopic(String group) {
        return new KafkaTopic(name + "." + group + DEAD_LETTER_SUFFIX, partitions, Optional.of(Duration.ofDays(30)));
    }

    /**
     * The settings by Kafka's names. Dead letters are taken with any timestamp: a consumer whose host's clock is wrong must
     * not stop at a record that it cannot use.
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
                "message.timestamp.after.max.ms",
                String.valueOf(maxAhead));
    }
}

package io.gonkapulse.workercore.replay;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.workercore.deadletter.DeadLetter;
import io.gonkapulse.workercore.deadletter.DeadLetterPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.util.unit.DataSize;

/**
 * Lists, shows and replays the dead letters of a service, up to the end offsets at the start. A record that is replayed
 * and fails again lands behind them and stays pending for the next run.
 */
public final class DeadLetterService {

    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, Object> consumerSettings;
    private final long maxUncompressedBytes;
    private final KafkaOperations<byte[], byte[]> kafka;
    private final List<DeadLetterTopic> topics;

    /** @param maxUncompressedBatch of the service; every dead letter that it publishes can be read whatever the limit */
    public DeadLetterService(
            Map<String, Object> consumerSettings,
            DataSize maxUncompressedBatch,
            KafkaOperations<byte[], byte[]> kafka,
            List<DeadLetterTopic> topics) {
        this.consumerSettings = consumerSettings;
        this.maxUncompressedBytes = Math.max(maxUncompressedBatch.toBytes(), DeadLetterPublisher.MAX_BYTES);
        this.kafka = kafka;
        this.topics = topics;
    }

    /** The source topic and the group whose dead letters are meant. */
    public record DeadLetterTopic(KafkaTopic source, String group) {

        KafkaTopic deadLetters() {
            return source.deadLetterTopic(group);
        }
    }

    /**
     * Number of dead letters of one topic and reason.
     *
     * @param pending those that were not replayed yet
     */
    public record DeadLetterSummary(
            String topic, String reason, long count, long pending, Instant oldest, Instant newest) {

        DeadLetterSummary merge(DeadLetterSummary other) {
            return new DeadLetterSummary(
                    topic,
                    reason,
                    count + other.count,
                    pending + other.pending,
                    oldest.isBefore(other.oldest) ? oldest : other.oldest,
                    newest.isAfter(other.newest) ? newest : other.newest);
        }
    }

    /** Result of a replay. */
    public record DeadLetterReplayCounts(long sent, long duplicates, long valueOmitted) {}

    /** Counts dead letters by topic and reason. */
    public List<DeadLetterSummary> list() {
        Map<String, DeadLetterSummary> summaries = new TreeMap<>();
        for (DeadLetterTopic topic : topics) {
            try (TopicReader reader = openReader(topic)) {
                Map<Integer, Long> committed = reader.committedOffsets();
                reader.seek(reader.beginningOffsets(), reader.endOffsets());
                while (reader.next()) {
                    DeadLetterSummary summary = summarize(topic, reader, committed);
                    summaries.merge(topic.source().name() + " " + summary.reason(), summary, DeadLetterSummary::merge);
                }
            }
        }
        return List.copyOf(summaries.values());
    }

    private static DeadLetterSummary summarize(
            DeadLetterTopic topic, TopicReader reader, Map<Integer, Long> committed) {
        long count = Math.max(1, reader.skippedRecords());
        boolean pending = reader.record().offset()
                >= committed.getOrDefault(reader.record().partition(), 0L);
        Instant timestamp = Instant.ofEpochMilli(reader.timestamp());
        String reason = DeadLetter.parse(reader.record()).reason();
        return new DeadLetterSummary(topic.source().name(), reason, count, pending ? count : 0, timestamp, timestamp);
    }

    /** Passes dead letters on, oldest of each partition first, up to the limit per topic. */
    public void show(long limit, Consumer<DeadLetter> output) {
        for (DeadLetterTopic topic : topics) {
            try (TopicReader reader = openReader(topic)) {
                reader.seek(reader.beginningOffsets(), reader.endOffsets());
                for (long remaining = limit; remaining > 0 && reader.next(); remaining--) {
                    output.accept(DeadLetter.parse(reader.record()));
                }
            }
        }
    }

    /**
     * Sends pending records back to their source topic, each once. The next run continues after the
     * last record sent. Sending one twice is harmless, because handlers are idempotent.
     *
     * @param limit maximum per topic
     * @param dryRun passes on what would be sent, and sends nothing
     */
    public DeadLetterReplayCounts replay(long limit, boolean dryRun, Consumer<DeadLetter> output) {
        DeadLetterReplayCounts all = new DeadLetterReplayCounts(0, 0, 0);
        for (DeadLetterTopic topic : topics) {
            try (TopicReader reader = openReader(topic)) {
                DeadLetterReplayCounts one = replay(reader, limit, dryRun, output);
                all = new DeadLetterReplayCounts(
                        all.sent + one.sent, all.duplicates + one.duplicates, all.valueOmitted + one.valueOmitted);
            }
        }
        return all;
    }

    private DeadLetterReplayCounts replay(TopicReader reader, long limit, boolean dryRun, Consumer<DeadLetter> output) {
        Map<Integer, Long> pending = reader.beginningOffsets();
        pending.putAll(reader.committedOffsets());
        reader.seek(pending, reader.endOffsets());
        Set<DeadLetter.SourcePosition> seen = new HashSet<>();
        long sent = 0;
        long duplicates = 0;
        long valueOmitted = 0;
        for (long remaining = limit; remaining > 0 && reader.next(); remaining--) {
            DeadLetter deadLetter = DeadLetter.parse(reader.record());
            if (!seen.add(deadLetter.source())) {
                duplicates++;
            } else if (deadLetter.isValueOmitted()) {
                valueOmitted += Math.max(1, reader.skippedRecords());
            } else {
                sent++;
                output.accept(deadLetter);
                if (!dryRun) {
                    republish(deadLetter);
                }
            }
            if (!dryRun) {
                reader.commit();
            }
        }
        return new DeadLetterReplayCounts(sent, duplicates, valueOmitted);
    }

    /** Sends without a partition, so that the key decides, also after partitions were added. */
    private void republish(DeadLetter deadLetter) {
        long timestamp = deadLetter.source().timestamp();
        kafka.send(new ProducerRecord<>(
                        deadLetter.source().topic(),
                        null,
                        timestamp < 0 ? null : timestamp,
                        deadLetter.key(),
                        deadLetter.value()))
                .orTimeout(SEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private TopicReader openReader(DeadLetterTopic topic) {
        return TopicReader.openForGroup(
                consumerSettings, topic.deadLetters().name(), topic.group() + ".dlt-replay", maxUncompressedBytes);
    }
}

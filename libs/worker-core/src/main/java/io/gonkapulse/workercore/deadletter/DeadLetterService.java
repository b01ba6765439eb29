package io.gonkapulse.workercore.deadletter;

import io.gonkapulse.contracts.KafkaTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.core.KafkaOperations;

/** Lists, shows and replays the dead letters of a service. */
public final class DeadLetterService {

    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);

    private final Map<String, Object> consumerSettings;
    private final KafkaOperations<byte[], byte[]> kafka;
    private final List<DeadLetterTopic> topics;

    public DeadLetterService(
            Map<String, Object> consumerSettings, KafkaOperations<byte[], byte[]> kafka, List<DeadLetterTopic> topics) {
        this.consumerSettings = consumerSettings;
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
            try (DeadLetterReader reader = openReader(topic)) {
                reader.read(Long.MAX_VALUE, found -> {
                    DeadLetterSummary summary = summarize(topic, found, reader.isPending(found));
                    summaries.merge(topic.source().name() + " " + summary.reason(), summary, DeadLetterSummary::merge);
                });
            }
        }
        return List.copyOf(summaries.values());
    }

    private static DeadLetterSummary summarize(
            DeadLetterTopic topic, DeadLetterReader.DeadLetterRecord found, boolean pending) {
        Instant timestamp = Instant.ofEpochMilli(found.timestamp());
        return new DeadLetterSummary(
                topic.source().name(), found.deadLetter().reason(), 1, pending ? 1 : 0, timestamp, timestamp);
    }

    /** Passes dead letters on, oldest of each partition first, up to the limit per topic. */
    public void show(long limit, Consumer<DeadLetter> output) {
        for (DeadLetterTopic topic : topics) {
            try (DeadLetterReader reader = openReader(topic)) {
                reader.read(limit, found -> output.accept(found.deadLetter()));
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
            try (DeadLetterReader reader = openReader(topic)) {
                DeadLetterReplayCounts one = replay(reader, limit, dryRun, output);
                all = new DeadLetterReplayCounts(
                        all.sent + one.sent, all.duplicates + one.duplicates, all.valueOmitted + one.valueOmitted);
            }
        }
        return all;
    }

    private DeadLetterReplayCounts replay(
            DeadLetterReader reader, long limit, boolean dryRun, Consumer<DeadLetter> output) {
        Set<DeadLetter.SourcePosition> seen = new HashSet<>();
        long[] counts = new long[3];
        reader.seekToPending();
        reader.read(limit, found -> {
            DeadLetter deadLetter = found.deadLetter();
            if (!seen.add(deadLetter.source())) {
                counts[1]++;
            } else if (found.valueOmitted()) {
                counts[2]++;
            } else {
                output.accept(deadLetter);
                counts[0]++;
                if (!dryRun) {
                    republish(deadLetter);
                }
            }
            if (!dryRun) {
                reader.commit(found);
            }
        });
        return new DeadLetterReplayCounts(counts[0], counts[1], counts[2]);
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

    private DeadLetterReader openReader(DeadLetterTopic topic) {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, topic.group() + ".dlt-replay");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // The running service may use this static member id; a second member with it would fence
        // the service.
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return new DeadLetterReader(
                new KafkaConsumer<>(settings), topic.deadLetters().name());
    }
}

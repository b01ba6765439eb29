package io.gonkapulse.workercore.deadletter;

import io.gonkapulse.contracts.Topic;
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

/** Where an operator lists the dead letters of a service, looks at them, and sends them again. */
public final class DeadLetterDesk {

    private static final Duration SEND_TIME = Duration.ofSeconds(30);

    private final Map<String, Object> consumerSettings;
    private final KafkaOperations<byte[], byte[]> kafka;
    private final List<Drawer> drawers;

    public DeadLetterDesk(
            Map<String, Object> consumerSettings, KafkaOperations<byte[], byte[]> kafka, List<Drawer> drawers) {
        this.consumerSettings = consumerSettings;
        this.kafka = kafka;
        this.drawers = drawers;
    }

    /** The dead letters of one topic and one group. */
    public record Drawer(Topic topic, String group) {

        Topic deadLetters() {
            return topic.deadLettersOf(group);
        }
    }

    /**
     * How many there are of one kind.
     *
     * @param waiting have not been sent again
     */
    public record Heap(String topic, String reason, long letters, long waiting, Instant oldest, Instant newest) {

        Heap with(Heap other) {
            return new Heap(
                    topic,
                    reason,
                    letters + other.letters,
                    waiting + other.waiting,
                    oldest.isBefore(other.oldest) ? oldest : other.oldest,
                    newest.isAfter(other.newest) ? newest : other.newest);
        }
    }

    /** What sending again came to. */
    public record Replay(long sent, long repeated, long leftOut) {}

    /** By topic and reason. */
    public List<Heap> list() {
        Map<String, Heap> heaps = new TreeMap<>();
        for (Drawer drawer : drawers) {
            try (DeadLetterReader reader = reader(drawer)) {
                reader.read(Long.MAX_VALUE, found -> {
                    Heap one = heap(drawer, found, reader.isWaiting(found));
                    heaps.merge(drawer.topic().name() + " " + one.reason(), one, Heap::with);
                });
            }
        }
        return List.copyOf(heaps.values());
    }

    private static Heap heap(Drawer drawer, DeadLetterReader.Found found, boolean waiting) {
        Instant at = Instant.ofEpochMilli(found.at());
        return new Heap(drawer.topic().name(), found.letter().reason(), 1, waiting ? 1 : 0, at, at);
    }

    /** One after the other, oldest of each partition first, as many of each topic as the limit says. */
    public void show(long limit, Consumer<DeadLetter> screen) {
        for (Drawer drawer : drawers) {
            try (DeadLetterReader reader = reader(drawer)) {
                reader.read(limit, found -> screen.accept(found.letter()));
            }
        }
    }

    /**
     * Sends what waits to where it came from, each once: the next run goes on after the last one sent. Consumers that
     * have used a record already find nothing new in it.
     *
     * @param limit of each topic
     * @param dryRun says what would be sent
     */
    public Replay replay(long limit, boolean dryRun, Consumer<DeadLetter> screen) {
        Replay all = new Replay(0, 0, 0);
        for (Drawer drawer : drawers) {
            try (DeadLetterReader reader = reader(drawer)) {
                Replay one = replay(reader, limit, dryRun, screen);
                all = new Replay(all.sent + one.sent, all.repeated + one.repeated, all.leftOut + one.leftOut);
            }
        }
        return all;
    }

    private Replay replay(DeadLetterReader reader, long limit, boolean dryRun, Consumer<DeadLetter> screen) {
        Set<DeadLetter.Source> seen = new HashSet<>();
        long[] counts = new long[3];
        reader.skipToWaiting();
        reader.read(limit, found -> {
            DeadLetter letter = found.letter();
            if (!seen.add(letter.source())) {
                counts[1]++;
            } else if (found.leftOut()) {
                counts[2]++;
            } else {
                screen.accept(letter);
                counts[0]++;
                if (!dryRun) {
                    sendBack(letter);
                }
            }
            if (!dryRun) {
                reader.sent(found);
            }
        });
        return new Replay(counts[0], counts[1], counts[2]);
    }

    private void sendBack(DeadLetter letter) {
        long timestamp = letter.source().timestamp();
        kafka.send(new ProducerRecord<>(
                        letter.source().topic(), null, timestamp < 0 ? null : timestamp, letter.key(), letter.value()))
                .orTimeout(SEND_TIME.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private DeadLetterReader reader(Drawer drawer) {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, drawer.group() + ".dlt-replay");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return new DeadLetterReader(
                new KafkaConsumer<>(settings), drawer.deadLetters().name());
    }
}

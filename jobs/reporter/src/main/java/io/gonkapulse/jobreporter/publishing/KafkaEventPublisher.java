package io.gonkapulse.jobreporter.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends events to the topic {@code job.events}. Connects when the first event is sent. */
public final class KafkaEventPublisher implements EventPublisher {

    /** How long an event waits for the connection before it is unsent. */
    private static final Duration MAX_BLOCK_TIME = Duration.ofSeconds(5);

    /** How long an event may be in flight before it is unsent. */
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);

    private static final int BATCH_BYTES = 128 * 1024;

    private final Map<String, Object> settings;
    private volatile @Nullable Producer<byte[], byte[]> producer;

    /** @param connection {@code bootstrap.servers} and other properties of the producer */
    public KafkaEventPublisher(Map<String, Object> connection) {
        settings = producerSettings(connection);
    }

    /** The caller may override the connection, but not what protects events against loss and reordering. */
    static Map<String, Object> producerSettings(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) MAX_BLOCK_TIME.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis() / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        // A batch is flushed as a whole; waiting for more would only delay it.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.putAll(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // With several requests in flight the new leader of a partition can reject the first and accept the second.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    @Override
    public PublishResult publish(List<EncodedEvent> events) throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
        String problem = null;
        try {
            Producer<byte[], byte[]> open = open();
            for (EncodedEvent event : events) {
                Future<RecordMetadata> result = open.send(record(event));
                sent.add(result);
                if (result.isDone() && failureOf(result) instanceof RetriableException) {
                    // The broker is unavailable, and each further event would block as long.
                    break;
                }
            }
            open.flush();
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException | IllegalStateException e) {
            problem = message(e);
            discardProducer();
        }
        return result(events, sent, problem);
    }

    private Producer<byte[], byte[]> open() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(settings);
            producer = open;
        }
        return open;
    }

    private static ProducerRecord<byte[], byte[]> record(EncodedEvent event) {
        return new ProducerRecord<>(
                KafkaTopic.JOB_EVENTS.name(), event.jobId().toString().getBytes(UTF_8), event.json());
    }

    private PublishResult result(List<EncodedEvent> events, List<Future<RecordMetadata>> sent, @Nullable String problem)
            throws InterruptedException {
        List<EncodedEvent> unsent = new ArrayList<>();
        List<EncodedEvent> rejected = new ArrayList<>();
        String firstProblem = problem;
        boolean isProducerBroken = false;
        for (int i = 0; i < events.size(); i++) {
            if (i >= sent.size() || !sent.get(i).isDone()) {
                unsent.add(events.get(i));
                continue;
            }
            Throwable failure = failureOf(sent.get(i));
            if (failure != null) {
                boolean isRejected = isRejection(failure);
                (isRejected ? rejected : unsent).add(events.get(i));
                firstProblem = firstProblem == null ? message(failure) : firstProblem;
                isProducerBroken |= !isRejected && !(failure instanceof RetriableException);
            }
        }
        if (isProducerBroken) {
            discardProducer();
        }
        return new PublishResult(unsent, rejected, firstProblem, Optional.empty());
    }

    private static boolean isRejection(Throwable failure) {
        return failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException;
    }

    /** Null if the broker stored the event. */
    private static @Nullable Throwable failureOf(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            sent.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }

    /** A new one is needed after a lost login or a broken sequence of records. */
    private void discardProducer() {
        Producer<byte[], byte[]> broken = producer;
        producer = null;
        if (broken != null) {
            broken.close(Duration.ZERO);
        }
    }

    /** Kafka's own message often hides the cause, such as a wrong host name. */
    private static String message(Throwable failure) {
        String message = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        Throwable cause = failure.getCause();
        return cause == null ? message : message + ": " + cause.getMessage();
    }

    private static InterruptedException interrupted(InterruptException cause) {
        InterruptedException interrupted = new InterruptedException("Interrupted while sending to Kafka");
        interrupted.initCause(cause);
        return interrupted;
    }

    @Override
    public void close() {
        discardProducer();
    }
}

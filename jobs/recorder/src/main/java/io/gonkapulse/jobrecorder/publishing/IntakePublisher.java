package io.gonkapulse.jobrecorder.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the records of a request and waits until Kafka has stored them all. Connects when the first ones are sent.
 * Thread-safe; its producer's buffer bounds the bytes in flight.
 */
public final class IntakePublisher implements AutoCloseable {

    /** How long a request waits for a connection or for space in the buffer. */
    private static final Duration MAX_BLOCK_TIME = Duration.ofSeconds(3);

    /** Together with the time above this is less than the ten seconds for which clients usually wait. */
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(6);

    private static final int BATCH_BYTES = 128 * 1024;

    private final Map<String, Object> settings;

    // Guarded by this.
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean closed;

    /** @param connection {@code bootstrap.servers} and other properties of the producer */
    public IntakePublisher(Map<String, Object> connection) {
        settings = producerSettings(connection);
    }

    private static Map<String, Object> producerSettings(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) MAX_BLOCK_TIME.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis() / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // With several requests in flight the new leader of a partition can reject the first and accept the second.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    /**
     * Returns when Kafka has stored all records.
     *
     * @throws KafkaUnavailableException if it did not in time; some records may be stored
     */
    public void publish(List<IntakeRecord> records) {
        Producer<byte[], byte[]> open = open();
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
            for (IntakeRecord record : records) {
                Future<RecordMetadata> future = open.send(new ProducerRecord<>(
                        KafkaTopic.JOB_EVENTS.name(), record.jobId().toString().getBytes(UTF_8), record.json()));
                sent.add(future);
                if (future.isDone()) {
                    // Usually a failure: the broker is unavailable, and each further record would wait as long.
                    future.get();
                }
            }
            for (Future<RecordMetadata> future : sent) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw failed(open, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException(e);
        } catch (KafkaException | IllegalStateException e) {
            throw failed(open, e);
        }
    }

    private KafkaUnavailableException failed(Producer<byte[], byte[]> used, Throwable cause) {
        if (!(cause instanceof RetriableException)) {
            discard(used);
        }
        return new KafkaUnavailableException(cause);
    }

    private synchronized Producer<byte[], byte[]> open() {
        if (closed) {
            throw new KafkaUnavailableException(new IllegalStateException("The service stops"));
        }
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(settings);
            producer = open;
        }
        return open;
    }

    /** A new producer is needed after a lost login or a broken sequence of records. */
    private synchronized void discard(Producer<byte[], byte[]> used) {
        if (producer == used) {
            producer = null;
            used.close(Duration.ZERO);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (producer != null) {
            producer.close(DELIVERY_TIMEOUT);
            producer = null;
        }
    }
}

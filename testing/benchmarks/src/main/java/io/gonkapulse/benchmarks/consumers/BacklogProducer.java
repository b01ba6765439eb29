package io.gonkapulse.benchmarks.consumers;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes a backlog in order. A benchmark of a backlog with a lost record would measure less work. */
final class BacklogProducer implements AutoCloseable {

    /** The default of Kafka. */
    static final int SMALL_BATCH = 16 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** @param batchBytes size of a batch before compression; readers of large batches are faster */
    BacklogProducer(String bootstrapServers, int batchBytes) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "compression.type",
                "lz4",
                "linger.ms",
                20,
                "batch.size",
                batchBytes,
                // With more, a new leader that refuses the first request takes the second one as the first, and then
                // refuses the repeated first one for ever.
                "max.in.flight.requests.per.connection",
                1);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(ProducerRecord<byte[], byte[]> event) {
        var unused = producer.send(event, (metadata, refused) -> {
            if (refused != null) {
                failure.set(refused);
            }
        });
    }

    /** Waits until all records are acknowledged, and fails if one was refused. */
    @Override
    public void close() {
        producer.close();
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("Could not publish the backlog", refused);
        }
    }
}

package io.gonkapulse.statswriter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.TestBroker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends arbitrary bytes. */
final class RecordPublisher implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;

    RecordPublisher(TestBroker broker) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "max.request.size",
                        16 << 20,
                        // With more requests in flight, a partition that just got its leader can
                        // reject the sequence for minutes.
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void send(KafkaTopic topic, String key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(topic.name(), key.getBytes(UTF_8), value))
                .isDone();
    }

    void flush() {
        producer.flush();
    }

    static void allowLargeRecords(TestBroker broker) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(KafkaTopic.SNAPSHOTS.name(), KafkaTopic.SNAPSHOTS.partitions(), (short) 1)
                                    .configs(Map.of("max.message.bytes", String.valueOf(8 << 20)))))
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}

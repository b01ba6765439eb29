package io.gonkapulse.statswriter;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.TestBroker;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records of a few kilobytes in the topic and many megabytes in memory. */
final class LargeRecordPublisher {

    private LargeRecordPublisher() {}

    static void send(TestBroker broker, int partition, int length) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "compression.type",
                        "zstd",
                        "max.request.size",
                        length + 1_000,
                        "buffer.memory",
                        length + 100_000L),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(KafkaTopic.SNAPSHOTS.name(), partition, null, new byte[length]))
                    .get();
        }
    }
}

package io.gonkapulse.workercore.consumer;

import io.gonkapulse.contracts.KafkaTopic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates consumers that never get a record. */
public final class IdleConsumerFactory {

    public static final String GROUP = "idle";

    private IdleConsumerFactory() {}

    public static TopicConsumer create(KafkaTopic topic, String bootstrapServers) {
        return new TopicConsumerFactory(
                        Map.of("bootstrap.servers", bootstrapServers),
                        TestConsumerProperties.of(Map.of("consumer.threads", "1")),
                        kafkaTemplate(bootstrapServers),
                        new JdbcTemplate(),
                        new TransactionTemplate(),
                        new SimpleMeterRegistry())
                .create(topic, GROUP, new IdleHandler());
    }

    /** Connects on the first send only. */
    public static KafkaTemplate<byte[], byte[]> kafkaTemplate(String bootstrapServers) {
        return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private record IdleHandler() implements BatchHandler<ConsumerBatch> {

        @Override
        public ConsumerBatch reduce(ConsumerBatch batch, DeadLetterBuffer rejections) {
            return batch;
        }

        @Override
        public long write(ConsumerBatch work) {
            return 0;
        }
    }
}

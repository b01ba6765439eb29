package io.gonkapulse.workercore.intake;

import io.gonkapulse.contracts.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Intakes that never get a record. */
public final class IdleIntakes {

    public static final String GROUP = "idle";

    private static final IntakeSettings SETTINGS = new IntakeSettings(
            1, 10, DataSize.ofMegabytes(1), DataSize.ofMegabytes(32), Duration.ofMillis(50), Duration.ofMillis(200));

    private IdleIntakes() {}

    public static Intake of(Topic topic, String bootstrapServers) {
        return new IntakeFactory(
                        Map.of("bootstrap.servers", bootstrapServers),
                        SETTINGS,
                        template(bootstrapServers),
                        new JdbcTemplate(),
                        new TransactionTemplate(),
                        new SimpleMeterRegistry())
                .intake(topic, GROUP, new Idle());
    }

    /** Opens nothing until something is sent. */
    public static KafkaTemplate<byte[], byte[]> template(String bootstrapServers) {
        return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private record Idle() implements BatchHandler<Batch> {

        @Override
        public Batch reduce(Batch batch, Rejections rejections) {
            return batch;
        }

        @Override
        public long write(Batch work) {
            return 0;
        }
    }
}

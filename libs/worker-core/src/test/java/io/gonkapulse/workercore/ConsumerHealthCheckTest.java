package io.gonkapulse.workercore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import io.gonkapulse.workercore.consumer.TopicConsumerFixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Without liveness a live process with stopped consumers would never be restarted. */
@RealInfrastructure
class ConsumerHealthCheckTest {

    @Test
    void reportsDownForStoppedConsumer(TestBroker broker, TestDatabase database) throws Exception {
        TopicConsumerFixture.createTables(database);
        TopicConsumerFixture fixture = new TopicConsumerFixture(broker, database, 1);
        SchemaGate gate =
                SchemaGateFixture.createGate(database, () -> true, fixture.createConsumer(new OutOfMemoryHandler()));
        ConsumerHealthCheck health = new ConsumerHealthCheck(gate);
        assertThat(health.liveness().getStatus()).isEqualTo(Status.UP);
        gate.start();
        try {
            fixture.send(0, "n1");
            fixture.flush();

            await().atMost(TopicConsumerFixture.TIMEOUT)
                    .until(() -> health.liveness().getStatus().equals(Status.DOWN));
            assertThat(health.liveness())
                    .isEqualTo(Health.down()
                            .withDetail("stopped", List.of(fixture.topic().name()))
                            .build());
        } finally {
            gate.stop();
            fixture.close();
        }
        assertThat(health.liveness().getStatus()).isEqualTo(Status.UP);
    }

    private record OutOfMemoryHandler() implements BatchHandler<ConsumerBatch> {

        @Override
        public ConsumerBatch reduce(ConsumerBatch batch, DeadLetterBuffer rejections) {
            throw new OutOfMemoryError("as a JVM throws it");
        }

        @Override
        public long write(ConsumerBatch work) {
            return 0;
        }
    }
}

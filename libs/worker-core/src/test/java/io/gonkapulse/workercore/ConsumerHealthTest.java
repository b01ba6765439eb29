package io.gonkapulse.workercore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.servicekit.schema.SchemaLook;
import io.gonkapulse.servicekit.schema.SchemaRange;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.gate.ConsumerHealth;
import io.gonkapulse.workercore.gate.SchemaGate;
import io.gonkapulse.workercore.intake.Batch;
import io.gonkapulse.workercore.intake.BatchHandler;
import io.gonkapulse.workercore.intake.Rejections;
import io.gonkapulse.workercore.intake.Workbench;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** A process that is alive while its consumers are not is never restarted. */
@RealInfrastructure
class ConsumerHealthTest {

    @Test
    void aConsumerThatStoppedByItselfIsNoSignOfLife(TestBroker broker, TestDatabase database) throws Exception {
        Workbench.createTables(database);
        Workbench bench = new Workbench(broker, database, 1);
        SchemaGate gate = new SchemaGate(
                new SchemaLook(database.dataSource(), new SchemaRange(1, 1_000)),
                () -> true,
                List.of(bench.intake(new Exhausted())),
                Duration.ofMillis(10),
                true);
        ConsumerHealth health = new ConsumerHealth(gate);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        gate.start();
        try {
            bench.send(0, "n1");
            bench.flush();

            await().atMost(Workbench.LONG)
                    .until(() -> health.health().getStatus().equals(Status.DOWN));
            assertThat(health.health())
                    .isEqualTo(Health.down()
                            .withDetail("stopped", List.of(bench.topic().name()))
                            .build());
        } finally {
            gate.stop();
            bench.close();
        }
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    private record Exhausted() implements BatchHandler<Batch> {

        @Override
        public Batch reduce(Batch batch, Rejections rejections) {
            throw new OutOfMemoryError("as a JVM throws it");
        }

        @Override
        public long write(Batch work) {
            return 0;
        }
    }
}

package io.gonkapulse.workercore;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.servicekit.schema.SchemaVersionCheck;
import io.gonkapulse.servicekit.schema.SchemaVersionRange;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.consumer.IdleConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class SchemaGateTest {

    private static final int LONG = 60;

    private final CompletableFuture<Thread> declaring = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Test
    void startsNothingAfterStop(TestDatabase database) throws Exception {
        MigrationRunner.migrate(
                DatabaseSettings.of(
                        database.host(), database.port(), database.name(), database.username(), database.password()),
                line -> {});
        TopicConsumer consumer =
                IdleConsumerFactory.create(new KafkaTopic("never", 1, Optional.empty()), "127.0.0.1:1");
        SchemaGate gate = new SchemaGate(
                new SchemaVersionCheck(database.dataSource(), new SchemaVersionRange(1, 1_000)),
                this::declare,
                List.of(consumer),
                Duration.ofMillis(10),
                true);
        gate.start();
        Thread thread = declaring.get(LONG, SECONDS);

        gate.stop();
        stopped.countDown();

        thread.join(SECONDS.toMillis(LONG));
        assertThat(thread.isAlive()).isFalse();
        assertThat(consumer.isRunning()).isFalse();
        assertThat(gate.isOpen()).isFalse();
    }

    /**
     * Kafka's admin client reports success when it is interrupted. A gate that did not wait for its
     * thread would have returned by then.
     */
    private boolean declare() {
        declaring.complete(Thread.currentThread());
        boolean unused = awaitEvent(stopped, LONG) || awaitEvent(stopped, 1);
        return true;
    }

    private static boolean awaitEvent(CountDownLatch event, int seconds) {
        try {
            return event.await(seconds, SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}

package io.gonkapulse.workercore;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.consumer.IdleConsumerFactory;
import io.gonkapulse.workercore.consumer.TopicConsumer;
import io.gonkapulse.workercore.sql.TestSchema;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class SchemaGateTest {

    private static final int TIMEOUT_SECONDS = 60;

    private final CompletableFuture<Thread> settingUp = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Test
    void startsNothingAfterStop(TestDatabase database) throws Exception {
        TestSchema.create(database);
        TopicConsumer consumer = createConsumer();
        SchemaGate gate = SchemaGateFixture.createGate(database, this::setUpTopics, consumer);
        gate.start();
        Thread thread = settingUp.get(TIMEOUT_SECONDS, SECONDS);

        gate.stop();
        stopped.countDown();

        thread.join(SECONDS.toMillis(TIMEOUT_SECONDS));
        assertThat(thread.isAlive()).isFalse();
        assertThat(consumer.isRunning()).isFalse();
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void usableSchemaNeedsNoBroker(TestDatabase database) {
        TestSchema.create(database);
        SchemaGate gate = SchemaGateFixture.createGate(database, () -> false, createConsumer());
        assertThat(gate.isSchemaUsable()).isFalse();
        gate.start();
        try {
            await().atMost(ONE_MINUTE).until(gate::isSchemaUsable);
            assertThat(gate.isOpen()).isFalse();
        } finally {
            gate.stop();
        }
    }

    private static TopicConsumer createConsumer() {
        return IdleConsumerFactory.create(new KafkaTopic("never", 1, Optional.empty()), "127.0.0.1:1");
    }

    /**
     * Kafka's admin client reports success when it is interrupted. A gate that did not wait for its
     * thread would have returned by then.
     */
    private boolean setUpTopics() {
        settingUp.complete(Thread.currentThread());
        boolean unused = awaitEvent(stopped, TIMEOUT_SECONDS) || awaitEvent(stopped, 1);
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

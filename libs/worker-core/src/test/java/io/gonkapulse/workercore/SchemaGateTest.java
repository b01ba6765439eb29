package io.gonkapulse.workercore;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

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
        TopicConsumer consumer =
                IdleConsumerFactory.create(new KafkaTopic("never", 1, Optional.empty()), "127.0.0.1:1");
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

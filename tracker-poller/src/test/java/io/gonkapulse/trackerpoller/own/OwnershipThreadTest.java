package io.gonkapulse.trackerpoller.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The thread that keeps a poller in its group, before it is in it. */
class OwnershipThreadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger halts = new AtomicInteger();

    @Test
    void aFailureOfTheVirtualMachineEndsTheProgram() {
        OwnershipThread ownership = looking(() -> {
            throw new OutOfMemoryError("thrown by the test");
        });
        await().atMost(PATIENCE).until(() -> halts.get() == 1);
        ownership.stop();
    }

    @Test
    void anyOtherErrorIsMetByAnotherAttempt() {
        OwnershipThread ownership = looking(() -> {
            throw new NoClassDefFoundError("thrown by the test");
        });
        await().atMost(PATIENCE).until(() -> looks.get() >= 2);
        ownership.stop();
        assertThat(halts).hasValue(0);
    }

    @Test
    void stopsWithoutWaitingForAnAnswerAboutItsTopics() {
        CountDownLatch never = new CountDownLatch(1);
        OwnershipThread ownership = looking(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        await().atMost(PATIENCE).until(() -> looks.get() == 1);
        assertTimeoutPreemptively(PATIENCE, () -> ownership.stop());
        assertThat(ownership.isRunning()).isFalse();
        assertThat(looks).hasValue(1);
        assertThat(halts).hasValue(0);
    }

    /** For its topics. */
    private OwnershipThread looking(BooleanSupplier topics) {
        OwnershipThread ownership = new OwnershipThread(
                () -> {
                    looks.incrementAndGet();
                    return topics.getAsBoolean();
                },
                true,
                () -> {
                    throw new IllegalStateException("Expected no listener before the topics are there");
                },
                halts::incrementAndGet);
        ownership.start();
        return ownership;
    }
}

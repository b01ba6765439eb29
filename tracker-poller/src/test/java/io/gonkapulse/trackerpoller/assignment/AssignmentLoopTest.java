package io.gonkapulse.trackerpoller.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The loop before the consumer has joined its group. */
class AssignmentLoopTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final AtomicInteger checks = new AtomicInteger();
    private final AtomicInteger halts = new AtomicInteger();

    @Test
    void haltsOnVirtualMachineError() {
        AssignmentLoop loop = startWith(() -> {
            throw new OutOfMemoryError("thrown by the test");
        });
        await().atMost(TIMEOUT).until(() -> halts.get() == 1);
        loop.stop();
    }

    @Test
    void retriesOnOtherErrors() {
        AssignmentLoop loop = startWith(() -> {
            throw new NoClassDefFoundError("thrown by the test");
        });
        await().atMost(TIMEOUT).until(() -> checks.get() >= 2);
        loop.stop();
        assertThat(halts).hasValue(0);
    }

    @Test
    void stopsWhileCheckingTopics() {
        CountDownLatch never = new CountDownLatch(1);
        AssignmentLoop loop = startWith(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        await().atMost(TIMEOUT).until(() -> checks.get() == 1);
        assertTimeoutPreemptively(TIMEOUT, () -> loop.stop());
        assertThat(loop.isRunning()).isFalse();
        assertThat(checks).hasValue(1);
        assertThat(halts).hasValue(0);
    }

    /** Starts a loop with this check of the topics. */
    private AssignmentLoop startWith(BooleanSupplier topics) {
        AssignmentLoop loop = new AssignmentLoop(
                () -> {
                    checks.incrementAndGet();
                    return topics.getAsBoolean();
                },
                true,
                () -> {
                    throw new IllegalStateException("Expected no consumer before the topics exist");
                },
                halts::incrementAndGet);
        loop.start();
        return loop;
    }
}

package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightLoadsTest {

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger loads = new AtomicInteger();
    private final InFlightLoads<String> inFlightLoads = new InFlightLoads<>();

    @AfterEach
    void stop() {
        held.countDown();
        callers.shutdownNow();
    }

    @Test
    void sharesConcurrentLoad() {
        CompletableFuture<String> first = startHeldLoad("a", "answer");
        List<CompletableFuture<String>> crowd =
                IntStream.range(0, 8).mapToObj(one -> startLoad("a", true)).toList();
        awaitActiveCallers(9);

        held.countDown();

        assertThat(first.join()).isEqualTo("answer");
        assertThat(crowd).allSatisfy(one -> assertThat(one.join()).isIn("answer", "own"));
        assertThat(loads.get()).isLessThan(9);
    }

    @Test
    void hashCollisionDoesNotBlock() {
        CompletableFuture<String> first = startHeldLoad("a", "answer");

        assertThat(inFlightLoads.load(new CollidingQuery("b"), () -> "other", answer -> true))
                .isEqualTo("other");
        assertThat(first).isNotDone();
    }

    @Test
    void reloadsUnacceptableResult() {
        CompletableFuture<String> first = startHeldLoad("a", "old");
        CompletableFuture<String> second = startLoad("a", false);
        awaitActiveCallers(2);

        held.countDown();

        assertThat(first.join()).isEqualTo("old");
        assertThat(second.join()).isEqualTo("own");
    }

    @Test
    void retriesAfterFailure() {
        assertThatThrownBy(() -> inFlightLoads.load(
                        new CollidingQuery("a"),
                        () -> {
                            throw new IllegalStateException("away");
                        },
                        answer -> true))
                .hasMessage("away");

        assertThat(inFlightLoads.load(new CollidingQuery("a"), () -> "back", answer -> true))
                .isEqualTo("back");
    }

    private CompletableFuture<String> startHeldLoad(String name, String answer) {
        CompletableFuture<String> begun = CompletableFuture.supplyAsync(
                () -> inFlightLoads.load(
                        new CollidingQuery(name),
                        () -> {
                            loads.incrementAndGet();
                            await().until(() -> held.getCount() == 0);
                            return answer;
                        },
                        other -> true),
                callers);
        await().until(() -> loads.get() == 1);
        return begun;
    }

    private CompletableFuture<String> startLoad(String name, boolean content) {
        return CompletableFuture.supplyAsync(
                () -> inFlightLoads.load(
                        new CollidingQuery(name),
                        () -> {
                            loads.incrementAndGet();
                            return "own";
                        },
                        other -> content),
                callers);
    }

    private void awaitActiveCallers(int count) {
        await().until(() -> ((ThreadPoolExecutor) callers).getActiveCount() == count);
    }

    /** All of them in one place of a table. */
    private record CollidingQuery(String name) implements CachedQuery<String> {

        @Override
        public int hashCode() {
            return 1;
        }
    }
}

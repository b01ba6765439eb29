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
        CompletableFuture<String> first = startHeldLoad("a", "result");
        List<CompletableFuture<String>> others =
                IntStream.range(0, 8).mapToObj(one -> startLoad("a", true)).toList();
        awaitActiveCallers(9);

        held.countDown();

        assertThat(first.join()).isEqualTo("result");
        assertThat(others).allSatisfy(one -> assertThat(one.join()).isIn("result", "own"));
        assertThat(loads.get()).isLessThan(9);
    }

    @Test
    void hashCollisionDoesNotBlock() {
        CompletableFuture<String> first = startHeldLoad("a", "result");

        assertThat(inFlightLoads.load(new CollidingQuery("b"), () -> "other", result -> true))
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
                        result -> true))
                .hasMessage("away");

        assertThat(inFlightLoads.load(new CollidingQuery("a"), () -> "back", result -> true))
                .isEqualTo("back");
    }

    private CompletableFuture<String> startHeldLoad(String name, String result) {
        CompletableFuture<String> load = CompletableFuture.supplyAsync(
                () -> inFlightLoads.load(
                        new CollidingQuery(name),
                        () -> {
                            loads.incrementAndGet();
                            await().until(() -> held.getCount() == 0);
                            return result;
                        },
                        other -> true),
                callers);
        await().until(() -> loads.get() == 1);
        return load;
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

    /** Queries with the same hash code. */
    private record CollidingQuery(String name) implements CachedQuery<String> {

        @Override
        public int hashCode() {
            return 1;
        }
    }
}

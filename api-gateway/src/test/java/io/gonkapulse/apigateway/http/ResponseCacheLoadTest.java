package io.gonkapulse.apigateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which thread loads, and what the others get. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ResponseCacheLoadTest {

    static final HttpServletRequest WITHOUT_HEADERS = (HttpServletRequest) Proxy.newProxyInstance(
            ResponseCacheLoadTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> null);

    private final Path log;
    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    private final TestGateway gateway;
    private final ResponseCache cache;
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger loads = new AtomicInteger();
    private CountDownLatch held = new CountDownLatch(1);
    private int test;

    ResponseCacheLoadTest(TestDatabase database, @TempDir Path folder) {
        this.log = folder.resolve("log");
        gateway = TestGateway.start(database, clock, "--gateway.cache-ttl=10s", "--logging.file.name=" + log);
        cache = gateway.bean(ResponseCache.class);
    }

    @BeforeEach
    void startTest() {
        test++;
        loads.set(0);
        held = new CountDownLatch(1);
    }

    @AfterEach
    void endLoads() {
        held.countDown();
        awaitActiveCallers(0);
    }

    @AfterAll
    void stop() {
        callers.shutdownNow();
        gateway.close();
    }

    @Test
    void sharesConcurrentLoad() {
        CompletableFuture<String> first = startHeldLoad("a");
        List<CompletableFuture<String>> others =
                IntStream.range(0, 8).mapToObj(one -> startLoad("a")).toList();
        awaitActiveCallers(9);

        held.countDown();

        assertThat(first.join()).isEqualTo("held");
        assertThat(others).allSatisfy(one -> assertThat(one.join()).isIn("held", "own"));
        assertThat(loads.get()).isLessThan(9);
    }

    @Test
    void hashCollisionDoesNotBlock() {
        CompletableFuture<String> first = startHeldLoad("a");

        assertThat(respond("b", () -> ResponseContent.json("other"))).isEqualTo("other");
        assertThat(first).isNotDone();
    }

    @Test
    void reloadsResponseStaleAtArrival() {
        CompletableFuture<String> first = startHeldLoad("a");
        CompletableFuture<String> second = startLoad("a");
        awaitActiveCallers(2);
        clock.advance(Duration.ofMinutes(4));

        held.countDown();

        assertThat(first.join()).isEqualTo("held");
        assertThat(second.join()).isEqualTo("own");
    }

    @Test
    void retriesAfterFailure() throws IOException {
        assertThatThrownBy(() -> respond("a", () -> {
                    throw new IllegalStateException("away");
                }))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("away");

        assertThat(respond("a", () -> ResponseContent.json("back"))).isEqualTo("back");
        assertThat(Files.readString(log)).doesNotContain("away");
    }

    @Test
    void earlierFailureReachesNoWaiter() {
        CompletableFuture<String> first = startLoad("a", () -> {
            holdLoad();
            throw new IllegalStateException("away");
        });
        await().atMost(ONE_MINUTE).until(() -> loads.get() == 1);
        CompletableFuture<String> second = startLoad("a");
        awaitActiveCallers(2);

        held.countDown();

        assertThatThrownBy(first::join).hasRootCauseMessage("away");
        assertThat(second.join()).isEqualTo("own");
    }

    @Test
    void laterFailureReachesWaiters() {
        CompletableFuture<String> first = startLoad("a", () -> {
            holdLoad();
            throw new IllegalStateException("away");
        });
        await().atMost(ONE_MINUTE).until(() -> loads.get() == 1);
        CountDownLatch secondHeld = new CountDownLatch(1);
        List<CompletableFuture<String>> waiters = IntStream.range(0, 8)
                .mapToObj(one -> startLoad("a", () -> {
                    loads.incrementAndGet();
                    await().atMost(ONE_MINUTE).until(() -> secondHeld.getCount() == 0);
                    throw new IllegalStateException("still away");
                }))
                .toList();
        awaitActiveCallers(9);

        held.countDown();
        await().atMost(ONE_MINUTE).until(() -> loads.get() >= 2);
        secondHeld.countDown();

        assertThatThrownBy(first::join).hasRootCauseMessage("away");
        assertThat(waiters)
                .allSatisfy(waiter -> assertThatThrownBy(waiter::join)
                        .cause()
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("still away"));
    }

    @Test
    void loadsOncePerTtl() {
        for (String name : List.of("a", "a", "b")) {
            respond(name, () -> countedContent("small"));
        }

        assertThat(loads.get()).isEqualTo(2);
    }

    @Test
    void evictsLargeResponses() {
        String large = "x".repeat(8 << 20);
        loadTen(large);

        // The cache holds five of them. Caffeine evicts later, on another thread.
        await().atMost(ONE_MINUTE).untilAsserted(() -> {
            loads.set(0);
            loadTen(large);
            assertThat(loads.get()).isGreaterThanOrEqualTo(5);
        });
    }

    private void loadTen(String value) {
        for (int number = 0; number < 10; number++) {
            respond("number" + number, () -> countedContent(value));
        }
    }

    private CompletableFuture<String> startHeldLoad(String name) {
        CompletableFuture<String> load = startLoad(name, () -> {
            Instant fetched = clock.instant();
            holdLoad();
            return ResponseContent.json("held").withTimes(Stream.of(fetched));
        });
        await().atMost(ONE_MINUTE).until(() -> loads.get() == 1);
        return load;
    }

    private void holdLoad() {
        loads.incrementAndGet();
        await().atMost(ONE_MINUTE).until(() -> held.getCount() == 0);
    }

    private CompletableFuture<String> startLoad(String name) {
        return startLoad(name, () -> countedContent("own"));
    }

    private CompletableFuture<String> startLoad(String name, Supplier<ResponseContent> loader) {
        return CompletableFuture.supplyAsync(() -> respond(name, loader), callers);
    }

    private ResponseContent countedContent(String text) {
        loads.incrementAndGet();
        return ResponseContent.json(text);
    }

    /** Returns the text of the response. */
    private String respond(String name, Supplier<ResponseContent> loader) {
        byte[] body = cache.respond(new CollidingQuery(test, name), loader, WITHOUT_HEADERS)
                .getBody();
        String json = new String(Objects.requireNonNull(body), UTF_8);
        return json.substring(1, json.length() - 1);
    }

    private void awaitActiveCallers(int count) {
        await().atMost(ONE_MINUTE).until(() -> ((ThreadPoolExecutor) callers).getActiveCount() == count);
    }

    /** Queries with the same hash code. */
    private record CollidingQuery(int test, String name) {

        @Override
        public int hashCode() {
            return 1;
        }
    }
}

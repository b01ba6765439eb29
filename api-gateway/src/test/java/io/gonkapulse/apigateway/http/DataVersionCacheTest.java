package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataVersionCacheTest {

    private static final Duration TTL = Duration.ofMillis(100);

    private final GatewayTestData data;
    private final TestGateway gateway;
    private final DataVersionMonitor version;
    private int loads;

    DataVersionCacheTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(
                database,
                SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z")),
                "--gateway.cache-ttl=" + TTL.toMillis() + "ms");
        version = gateway.bean(DataVersionMonitor.class);
    }

    @BeforeEach
    void resetLoads() {
        loads = 0;
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    /** The version changes at most when the database does some work of its own, so one of many finds is cached. */
    @Test
    void reloadsAfterCommit() {
        DataVersionCache<String, Integer> cache = new DataVersionCache<>(version, 10);

        await().atMost(ONE_MINUTE).until(() -> {
            awaitVersion();
            int first = cache.find("key", this::countLoads);
            return cache.find("key", this::countLoads) == first;
        });
        int before = cache.find("key", this::countLoads);
        data.insertNode("gonka1a");
        awaitVersion();

        assertThat(cache.find("key", this::countLoads)).isGreaterThan(before);
    }

    @Test
    void parallelFindsLoadOnce() {
        await().atMost(ONE_MINUTE).untilAsserted(() -> {
            for (FutureTask<Integer> find : findInParallel(() -> 1)) {
                assertThat(find.get()).isEqualTo(1);
            }
        });
    }

    @Test
    void failureReachesWaitingFind() {
        IllegalStateException failure = new IllegalStateException("refused");
        Supplier<Integer> failing = () -> {
            throw failure;
        };

        await().atMost(ONE_MINUTE).untilAsserted(() -> {
            for (FutureTask<Integer> find : findInParallel(failing)) {
                assertThatThrownBy(find::get).cause().isSameAs(failure);
            }
        });
    }

    @Test
    void failedLoadIsNotCached() {
        DataVersionCache<String, Integer> cache = new DataVersionCache<>(version, 10);
        awaitVersion();

        assertThatThrownBy(() -> cache.find("key", () -> {
                    throw new IllegalStateException("refused");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("refused");
        assertThat(cache.find("key", this::countLoads)).isEqualTo(1);
    }

    /**
     * Finds a key twice, the second time during the load of the first. If the version changes in between, the second
     * one loads, too, and the test needs another attempt.
     */
    private List<FutureTask<Integer>> findInParallel(Supplier<Integer> loader) throws InterruptedException {
        DataVersionCache<String, Integer> cache = new DataVersionCache<>(version, 10);
        CountDownLatch loading = new CountDownLatch(1);
        CompletableFuture<Supplier<Integer>> result = new CompletableFuture<>();
        awaitVersion();
        FutureTask<Integer> first = new FutureTask<>(() -> cache.find("key", () -> {
            loading.countDown();
            return result.join().get();
        }));
        FutureTask<Integer> second = new FutureTask<>(() -> cache.find("key", () -> 2));
        new Thread(first).start();
        loading.await();
        Thread waiting = new Thread(second);
        waiting.start();
        await().atMost(ONE_MINUTE).until(() -> second.isDone() || waiting.getState() == Thread.State.WAITING);
        result.complete(loader);
        return List.of(first, second);
    }

    /** Waits for a version that was read after now. */
    private void awaitVersion() {
        gateway.advanceCacheTime(TTL);
        await().atMost(ONE_MINUTE).until(() -> version.current() != null);
    }

    private int countLoads() {
        return ++loads;
    }
}

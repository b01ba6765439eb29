package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
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

    /** Waits for a version that was read after now. */
    private void awaitVersion() {
        gateway.advanceCacheTime(TTL);
        await().atMost(ONE_MINUTE).until(() -> version.current() != null);
    }

    private int countLoads() {
        return ++loads;
    }
}

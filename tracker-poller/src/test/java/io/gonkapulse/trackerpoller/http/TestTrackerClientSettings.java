package io.gonkapulse.trackerpoller.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Builds settings with defaults for tests. */
public final class TestTrackerClientSettings {

    private final List<String> urls;
    private Duration idleTimeout = Duration.ofSeconds(30);
    private long bodyLimit = 4_000_000;
    private int requestsPerSecond = 100_000;
    private int concurrentRequests = 100;

    private TestTrackerClientSettings(List<String> urls) {
        this.urls = urls;
    }

    public static TestTrackerClientSettings settings(List<String> urls) {
        return new TestTrackerClientSettings(urls);
    }

    static TestTrackerClientSettings settings(String... urls) {
        return settings(List.of(urls));
    }

    public TestTrackerClientSettings idleTimeout(Duration longest) {
        idleTimeout = longest;
        return this;
    }

    public TestTrackerClientSettings bodyLimit(long bytes) {
        bodyLimit = bytes;
        return this;
    }

    TestTrackerClientSettings requestsPerSecond(int rate) {
        requestsPerSecond = rate;
        return this;
    }

    public TestTrackerClientSettings concurrentRequests(int atATime) {
        concurrentRequests = atATime;
        return this;
    }

    TrackerClientSettings build() {
        return new TrackerClientSettings(
                urls, Duration.ofSeconds(2), idleTimeout, bodyLimit, requestsPerSecond, concurrentRequests);
    }

    /** A client that retries without back-off. */
    public FailoverClient client(InstantSource clock) {
        return new FailoverClient("demo", build(), clock, backOff -> {}, new SimpleMeterRegistry());
    }
}

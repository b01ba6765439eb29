package io.gonkapulse.trackerpoller.http;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackerRequestLimiterTest {

    private final StubTrackerServer stub = StubTrackerServer.returningJson();
    private final SteppedMonotonicClock time = new SteppedMonotonicClock();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        callers.shutdownNow();
        stub.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "15, 1", "60, 1", "150, 3"})
    void limitsRate(int perSecond, int slice) {
        ClientFixture fixture = limitedTo(perSecond, 8);
        while (time.nanoTime() < SECONDS.toNanos(2)) {
            assertThat(fixture.get("/")).isEqualTo(StubTrackerServer.JSON);
        }
        assertThat(stub.requestCount()).isBetween(2 * perSecond, 2 * perSecond + slice);
        assertThat(fixture.outcomes()).isEqualTo(Map.of("ok", stub.requestCount()));
    }

    @Test
    void limitsRateOfConcurrentCallers() throws Exception {
        ClientFixture fixture = limitedTo(15, 8);

        assertThat(all(31, () -> fixture.get("/"))).containsOnly(StubTrackerServer.JSON);

        // One permit at the start, then one each fifteenth of a second.
        assertThat(time.nanoTime()).isGreaterThanOrEqualTo(SECONDS.toNanos(30) / 15);
        assertThat(stub.requestCount()).isEqualTo(31);
    }

    @Test
    void limitsConcurrency() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        stub.respondWith((request, exchange) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            exchange.awaitServerClose(Duration.ofMillis(20));
            now.decrementAndGet();
            StubTrackerServer.jsonResponse().handle(request, exchange);
        });
        ClientFixture fixture = limitedTo(10_000, 4);
        assertThat(all(40, () -> fixture.get("/"))).containsOnly(StubTrackerServer.JSON);
        assertThat(most.get()).isBetween(2, 4);
    }

    @Test
    void timedOutWaitersUseNoPermits() throws Exception {
        ClientFixture fixture = limitedTo(1, 8);
        fixture.get("/");
        List<List<RequestFailureReason>> failures = all(30, () -> fixture.failures(Duration.ofMillis(20)));
        // The waiting callers move the time, so others may be late before they wait.
        assertThat(failures)
                .contains(List.of(RequestFailureReason.LIMITED))
                .isSubsetOf(List.of(RequestFailureReason.LIMITED), List.of(RequestFailureReason.OUT_OF_TIME));
        assertThat(fixture.get(TrackerRequest.get("/"), Duration.ofSeconds(3))).isEqualTo(StubTrackerServer.JSON);
        assertThat(stub.requestCount()).isEqualTo(2);
        assertThat(fixture.circuits()).containsExactly("closed");
    }

    @Test
    void waitsNoLongerThanDeadline() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        stub.respondWith((request, exchange) -> {
            awaitQuietly(released);
            StubTrackerServer.jsonResponse().handle(request, exchange);
        });
        ClientFixture fixture = limitedTo(10_000, 1);
        Future<String> blocking = callers.submit(() -> fixture.get("/"));
        await().atMost(ClientFixture.LONG_TIMEOUT).until(() -> stub.requestCount() == 1);
        assertThat(fixture.failures(Duration.ofMillis(10))).containsExactly(RequestFailureReason.LIMITED);
        assertThat(blocking).as("the permit is still in use").isNotDone();
        released.countDown();
        assertThat(blocking.get(1, MINUTES)).isEqualTo(StubTrackerServer.JSON);
    }

    private static void awaitQuietly(CountDownLatch released) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ClientFixture limitedTo(int perSecond, int atATime) {
        return new ClientFixture(
                SteppedClock.at(ClientFixture.START),
                time,
                TestTrackerClientSettings.settings(stub.url())
                        .requestsPerSecond(perSecond)
                        .concurrentRequests(atATime));
    }

    private <T> List<T> all(int times, Callable<T> call) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> result : callers.invokeAll(Collections.nCopies(times, call))) {
            results.add(result.get(1, MINUTES));
        }
        return results;
    }
}

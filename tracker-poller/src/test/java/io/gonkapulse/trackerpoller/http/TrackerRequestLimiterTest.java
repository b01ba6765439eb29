package io.gonkapulse.trackerpoller.http;

import static java.util.concurrent.TimeUnit.MINUTES;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class TrackerRequestLimiterTest {

    private final StubTrackerServer stub = StubTrackerServer.returningJson();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        callers.shutdownNow();
        stub.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "15, 30", "60, 90"})
    void limitsRate(int perSecond, int requests) throws Exception {
        ClientFixture fixture = limitedTo(perSecond, 8);
        long begin = System.nanoTime();
        assertThat(all(requests, () -> fixture.get("/"))).containsOnly(StubTrackerServer.JSON);
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertThat((requests - 2) / seconds).isLessThanOrEqualTo(perSecond);
        assertThat(fixture.outcomes()).isEqualTo(Map.of("ok", requests));
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
        List<List<RequestFailureReason>> failures = all(30, () -> fixture.failures(Duration.ofMillis(50)));
        assertThat(failures).containsOnly(List.of(RequestFailureReason.LIMITED));
        assertThat(fixture.get(TrackerRequest.get("/"), Duration.ofSeconds(3))).isEqualTo(StubTrackerServer.JSON);
        assertThat(stub.requestCount()).isEqualTo(2);
        assertThat(fixture.circuits()).containsExactly("closed");
    }

    @Test
    void waitsNoLongerThanDeadline() throws Exception {
        stub.respondWith(StubTrackerServer.silentResponse());
        ClientFixture fixture = limitedTo(10_000, 1);
        Future<List<RequestFailureReason>> blocking =
                callers.submit(() -> fixture.failures(ClientFixture.LONG_TIMEOUT));
        await().until(() -> stub.requestCount() == 1);
        assertThat(fixture.failures(Duration.ofMillis(300))).containsExactly(RequestFailureReason.LIMITED);
        assertThat(blocking).as("the permit is still in use").isNotDone();
        assertThat(blocking.get(1, MINUTES)).containsExactly(RequestFailureReason.SLOW);
    }

    private ClientFixture limitedTo(int perSecond, int atATime) {
        TrackerClientSettings usual = ClientFixture.settings(stub.url());
        return new ClientFixture(
                SteppedClock.at(ClientFixture.START),
                new TrackerClientSettings(
                        usual.urls(),
                        usual.connectTimeout(),
                        Duration.ofSeconds(5),
                        usual.bodyLimit(),
                        perSecond,
                        atATime));
    }

    private <T> List<T> all(int times, Callable<T> call) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> result : callers.invokeAll(Collections.nCopies(times, call))) {
            results.add(result.get(1, MINUTES));
        }
        return results;
    }
}

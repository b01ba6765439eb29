package io.gonkapulse.trackerpoller.http;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientTimeoutTest {

    private static final Duration IDLE = Duration.ofMillis(400);

    private final StubTrackerServer stub = StubTrackerServer.returningJson();
    private final SteppedClock clock = SteppedClock.at(ClientFixture.START);
    private final ClientFixture fixture = new ClientFixture(
            clock, TestTrackerClientSettings.settings(stub.url()).idleTimeout(IDLE));

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void abortsSilentExchange() {
        stub.respondWith(StubTrackerServer.silentResponse());
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.SLOW);
        assertThat(lastFailure(fixture)).contains("nothing was received for " + IDLE);
        assertThat(fixture.outcomes()).isEqualTo(Map.of("slow", 1));
    }

    @Test
    void abortsStalledExchange() {
        stub.respondWith(StubTrackerServer.stalledResponse());
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.SLOW);
        assertThat(lastFailure(fixture)).contains("nothing was received for " + IDLE);
    }

    /** The drip never ends and never exceeds the idle timeout. */
    @Test
    void abortsSlowDripAtDeadline() {
        stub.respondWith(StubTrackerServer.drippingResponse(0, Duration.ofMillis(50)));
        ClientFixture withoutIdleTimeout = new ClientFixture(clock, stub.url());
        assertThat(withoutIdleTimeout.failures(Duration.ofSeconds(1))).containsExactly(RequestFailureReason.SLOW);
        assertThat(lastFailure(withoutIdleTimeout)).contains("no complete response before the deadline");
        assertThat(stub.requestCount()).isEqualTo(1);
    }

    @Test
    void sendsNothingWithoutTimeLeft() {
        assertThat(fixture.failures(Duration.ZERO)).containsExactly(RequestFailureReason.OUT_OF_TIME);
        assertThat(stub.requestCount()).isZero();
        assertThat(fixture.outcomes()).isEmpty();
    }

    @Test
    void abortsExchangeOnInterrupt() throws Exception {
        stub.respondWith(StubTrackerServer.silentResponse());
        assertThat(failuresAfterInterrupt(stub.url())).containsExactly(RequestFailureReason.OUT_OF_TIME);
        assertThat(stub.requestCount()).isEqualTo(1);
    }

    @Test
    void abortsBackOffOnInterrupt() throws Exception {
        stub.respondWith(StubTrackerServer.statusResponse(503, "Retry-After", "20"));
        assertThat(failuresAfterInterrupt(stub.url())).doesNotContainNull().hasSize(1);
        assertThat(stub.requestCount()).isEqualTo(1);
    }

    @Test
    void doesNotFailOverOnInterrupt() throws Exception {
        stub.respondWith(StubTrackerServer.silentResponse());
        try (StubTrackerServer other = StubTrackerServer.returningJson()) {
            assertThat(failuresAfterInterrupt(stub.url(), other.url()))
                    .containsExactly(RequestFailureReason.OUT_OF_TIME, RequestFailureReason.OUT_OF_TIME);
            assertThat(other.requestCount()).isZero();
        }
    }

    /** The failures of a call that is interrupted after its first request; empty if the thread lost its interrupt flag. */
    private List<RequestFailureReason> failuresAfterInterrupt(String... urls) throws Exception {
        ClientFixture inRealTime =
                new ClientFixture(clock, MonotonicClock.SYSTEM, TestTrackerClientSettings.settings(urls));
        CompletableFuture<List<RequestFailureReason>> failures = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                List<RequestFailureReason> reasons = inRealTime.failures(ClientFixture.LONG_TIMEOUT);
                failures.complete(Thread.currentThread().isInterrupted() ? reasons : List.of());
            } catch (RuntimeException | AssertionError e) {
                failures.completeExceptionally(e);
            }
        });
        caller.start();
        await().atMost(ClientFixture.LONG_TIMEOUT).until(() -> stub.requestCount() == 1);
        caller.interrupt();
        return failures.get(1, MINUTES);
    }

    private static String lastFailure(ClientFixture fixture) {
        return requireNonNull(fixture.client().addressStates().get(0).lastFailure());
    }
}

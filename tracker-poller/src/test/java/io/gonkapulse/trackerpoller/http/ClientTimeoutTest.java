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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientTimeoutTest {

    private static final Duration IDLE =
            ClientFixture.settings("http://127.0.0.1").idleTimeout();

    private final StubTrackerServer stub = StubTrackerServer.returningJson();
    private final ClientFixture fixture = new ClientFixture(SteppedClock.at(ClientFixture.START), stub.url());

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
        ClientFixture withoutIdleTimeout = new ClientFixture(
                SteppedClock.at(ClientFixture.START), ClientFixture.settingsWithoutIdleTimeout(stub.url()));
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
        assertThat(failuresAfterInterrupt(() -> stub.requestCount() == 1))
                .containsExactly(RequestFailureReason.OUT_OF_TIME);
        assertThat(stub.requestCount()).isEqualTo(1);
    }

    @Test
    void abortsBackOffOnInterrupt() throws Exception {
        stub.respondWith(StubTrackerServer.statusResponse(503, "Retry-After", "20"));
        assertThat(failuresAfterInterrupt(() -> stub.requestCount() == 1))
                .doesNotContainNull()
                .hasSize(1);
        assertThat(stub.requestCount()).isEqualTo(1);
    }

    @Test
    void doesNotFailOverOnInterrupt() throws Exception {
        stub.respondWith(StubTrackerServer.silentResponse());
        try (StubTrackerServer other = StubTrackerServer.returningJson()) {
            ClientFixture both = new ClientFixture(
                    SteppedClock.at(ClientFixture.START),
                    ClientFixture.settingsWithoutIdleTimeout(stub.url(), other.url()));
            assertThat(failuresAfterInterrupt(both, () -> stub.requestCount() == 1))
                    .containsExactly(RequestFailureReason.OUT_OF_TIME, RequestFailureReason.OUT_OF_TIME);
            assertThat(other.requestCount()).isZero();
        }
    }

    private List<RequestFailureReason> failuresAfterInterrupt(Callable<Boolean> started) throws Exception {
        return failuresAfterInterrupt(
                new ClientFixture(
                        SteppedClock.at(ClientFixture.START), ClientFixture.settingsWithoutIdleTimeout(stub.url())),
                started);
    }

    /** The failures of the interrupted call; empty if the thread lost its interrupt flag. */
    private static List<RequestFailureReason> failuresAfterInterrupt(ClientFixture fixture, Callable<Boolean> started)
            throws Exception {
        CompletableFuture<List<RequestFailureReason>> failures = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                List<RequestFailureReason> reasons = fixture.failures(ClientFixture.LONG_TIMEOUT);
                failures.complete(Thread.currentThread().isInterrupted() ? reasons : List.of());
            } catch (RuntimeException | AssertionError e) {
                failures.completeExceptionally(e);
            }
        });
        caller.start();
        await().until(started);
        caller.interrupt();
        return failures.get(1, MINUTES);
    }

    private static String lastFailure(ClientFixture fixture) {
        return requireNonNull(fixture.client().addressStates().get(0).lastFailure());
    }
}

package io.gonkapulse.trackerpoller.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedRequestTest {

    private final SteppedClock clock = SteppedClock.at(ClientFixture.START);
    private final StubTrackerServer stub = StubTrackerServer.returningJson();
    private final ClientFixture fixture = new ClientFixture(clock, stub.url());

    @AfterEach
    void close() {
        stub.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void doesNotRetryPermanentRefusal(int status) {
        stub.respondWith(StubTrackerServer.statusResponse(status));
        for (int i = 1; i <= 20; i++) {
            assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.REFUSED);
        }
        assertThat(fixture.outcomes()).isEqualTo(Map.of("refused", 20));
        assertThat(fixture.circuits()).containsExactly("closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void retriesTransientRefusal(int status) {
        stub.respondWith(StubTrackerServer.statusResponse(status));
        AllAddressesFailedException exhausted = fixture.exhausted(ClientFixture.LONG_TIMEOUT);
        assertThat(exhausted.failures().get(0).status()).hasValue(status);
        assertThat(stub.requestCount()).isEqualTo(3);
        assertThat(fixture.outcomes()).isEqualTo(Map.of("refused", 3));
    }

    @ParameterizedTest
    @CsvSource({
        "400, true",
        "404, true",
        "500, true",
        "501, true",
        "408, false",
        "425, false",
        "429, false",
        "502, false",
        "503, false",
        "504, false"
    })
    void distinguishesTrackerResponseFromProxyError(int status, boolean trackerResponse) {
        stub.respondWith(StubTrackerServer.statusResponse(status));
        assertThat(fixture.exhausted(ClientFixture.LONG_TIMEOUT).hasTrackerResponse())
                .isEqualTo(trackerResponse);
    }

    @Test
    void succeedsOnRetry() {
        stub.respondWith((request, exchange) -> (stub.requestCount() < 3
                        ? StubTrackerServer.statusResponse(503)
                        : StubTrackerServer.jsonResponse())
                .handle(request, exchange));
        assertThat(fixture.get("/")).isEqualTo(StubTrackerServer.JSON);
        assertThat(fixture.outcomes()).isEqualTo(Map.of("refused", 2, "ok", 1));
    }

    @Test
    void failsOverOnNotFound() {
        try (StubTrackerServer other = StubTrackerServer.returningJson()) {
            ClientFixture both = new ClientFixture(clock, stub.url(), other.url());
            stub.respondWith(StubTrackerServer.statusResponse(404));
            assertThat(both.respondingUrl()).isEqualTo(other.url());
            stub.respondWith(StubTrackerServer.jsonResponse());
            assertThat(both.respondingUrl()).isEqualTo(stub.url());
        }
    }

    @Test
    void waitsForRetryAfter() {
        List<Duration> waits = new ArrayList<>();
        ClientFixture waiting = waiting(waits);
        stub.respondWith((request, exchange) -> (stub.requestCount() == 1
                        ? StubTrackerServer.statusResponse(429, "Retry-After", "1")
                        : StubTrackerServer.jsonResponse())
                .handle(request, exchange));
        assertThat(waiting.get("/")).isEqualTo(StubTrackerServer.JSON);
        assertThat(waits).containsExactly(Duration.ofMillis(1_050));
        assertThat(waiting.outcomes()).isEqualTo(Map.of("refused", 1, "ok", 1));
    }

    @Test
    void backsOffBetweenAttempts() {
        List<Duration> waits = new ArrayList<>();
        ClientFixture waiting = waiting(waits);
        stub.respondWith(StubTrackerServer.statusResponse(503));
        assertThat(waiting.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.REFUSED);
        assertThat(waits).hasSize(2);
        assertThat(waits.get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
        assertThat(waits.get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(600));
    }

    /** A client whose waits are recorded and pass at once. */
    private ClientFixture waiting(List<Duration> waits) {
        return new ClientFixture(
                clock,
                wait -> {
                    waits.add(wait);
                    clock.advance(wait);
                },
                TestTrackerClientSettings.settings(stub.url()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "Sun, 01 Mar 2026 00:01:00 GMT"})
    void honoursRetryAfterBeyondDeadline(String later) {
        stub.respondWith(StubTrackerServer.statusResponse(503, "Retry-After", later));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.REFUSED);
        clock.advance(Duration.ofSeconds(59));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.LIMITED);
        assertThat(stub.requestCount()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        stub.respondWith(StubTrackerServer.jsonResponse());
        assertThat(fixture.get("/")).isEqualTo(StubTrackerServer.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "Sun, 01 Mar 2020 00:01:00 GMT", "99999999999999999999"})
    void ignoresInvalidRetryAfter(String nonsense) {
        stub.respondWith(StubTrackerServer.statusResponse(503, "Retry-After", nonsense));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.REFUSED);
        assertThat(stub.requestCount()).isEqualTo(3);
    }

    @Test
    void capsRetryAfterAtOneHour() {
        stub.respondWith(StubTrackerServer.statusResponse(503, "Retry-After", "999999999"));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.REFUSED);
        stub.respondWith(StubTrackerServer.jsonResponse());
        clock.advance(Duration.ofHours(1));
        assertThat(fixture.get("/")).isEqualTo(StubTrackerServer.JSON);
    }
}

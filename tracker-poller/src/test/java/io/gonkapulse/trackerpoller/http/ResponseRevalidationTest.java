package io.gonkapulse.trackerpoller.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer.ExchangeHandler;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseRevalidationTest {

    private static final TrackerRequest CURRENT = TrackerRequest.get("/current").withRevalidation();

    private final SteppedClock clock = SteppedClock.at(ClientFixture.START);
    private final StubTrackerServer stub =
            StubTrackerServer.respondingWith(unchanged("ETag", "\"7\"", "if-none-match"));
    private final ClientFixture fixture = new ClientFixture(clock, stub.url());

    @AfterEach
    void close() {
        stub.close();
    }

    @ParameterizedTest
    @CsvSource({"ETag, \"7\", if-none-match", "Last-Modified, 'Sun, 01 Mar 2026 00:00:00 GMT', if-modified-since"})
    void reusesBodyOnNotModified(String validator, String value, String condition) {
        stub.respondWith(unchanged(validator, value, condition));
        assertThat(get()).isEqualTo(ClientFixture.START);
        assertThat(stub.lastHeader(condition)).isEqualTo("none");
        for (int minute = 1; minute <= 3; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(get()).isEqualTo(ClientFixture.START.plus(Duration.ofMinutes(minute)));
            assertThat(stub.lastHeader(condition)).isEqualTo(value);
        }
        assertThat(fixture.outcomes()).isEqualTo(Map.of("ok", 4));
    }

    @Test
    void reusesCompressedBody() {
        stub.respondWith((request, exchange) -> (request.header("if-none-match").isPresent()
                        ? StubTrackerServer.statusResponse(304)
                        : StubTrackerServer.bodyResponse(
                                200,
                                Map.of("ETag", "\"7\"", "Content-Encoding", "gzip"),
                                StubTrackerServer.compress(StubTrackerServer.JSON)))
                .handle(request, exchange));
        get();
        get();
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("\"7\"");
    }

    @Test
    void addsNoConditionToOtherRequests() {
        get();
        fixture.get("/other");
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("none");
        fixture.get("/current");
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("none");
        get();
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("\"7\"");
    }

    @Test
    void addsNoConditionForUncachedResponse() {
        stub.respondWith(StubTrackerServer.bodyResponse(
                200, Map.of("ETag", "\"7\""), ("[" + " ".repeat(2_000_000) + "]").getBytes(UTF_8)));
        fixture.get(CURRENT, ClientFixture.LONG_TIMEOUT);
        fixture.get(CURRENT, ClientFixture.LONG_TIMEOUT);
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("none");
    }

    @Test
    void dropsUnusableResponseFromCache() {
        assertThatThrownBy(() -> fixture.client()
                        .execute(ClientFixture.START.plus(ClientFixture.LONG_TIMEOUT), address -> {
                            ClientFixture.read(address, CURRENT);
                            throw TrackerRequestException.of(RequestFailureReason.UNUSABLE, "broken inside");
                        }))
                .isInstanceOf(AllAddressesFailedException.class);
        get();
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("none");
    }

    @Test
    void rejectsUnrequestedNotModified() {
        stub.respondWith(StubTrackerServer.statusResponse(304));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.REFUSED);
    }

    /** Returns the arrival of a response whose body is as expected. */
    private Instant get() {
        return fixture.client().execute(clock.instant().plus(ClientFixture.LONG_TIMEOUT), address -> {
            try (TrackerResponse response = address.get(CURRENT)) {
                assertThat(ClientFixture.read(response)).isEqualTo(StubTrackerServer.JSON);
                return response.arrivedAt();
            }
        });
    }

    private static ExchangeHandler unchanged(String validator, String value, String condition) {
        return (request, exchange) -> (request.header(condition)
                                .filter(value::equals)
                                .isPresent()
                        ? StubTrackerServer.statusResponse(304)
                        : StubTrackerServer.bodyResponse(
                                200, Map.of(validator, value), StubTrackerServer.JSON.getBytes(UTF_8)))
                .handle(request, exchange);
    }
}

package io.gonkapulse.trackerpoller.http;

import static io.gonkapulse.networksimulator.http.StubTrackerServer.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer.ExchangeHandler;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseBodyTest {

    private final StubTrackerServer stub = StubTrackerServer.returningJson();
    private final ClientFixture fixture = new ClientFixture(SteppedClock.at(ClientFixture.START), stub.url());

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void rereadsUntilClosed() {
        fixture.client().execute(ClientFixture.START.plus(ClientFixture.LONG_TIMEOUT), address -> {
            TrackerResponse response = address.get(TrackerRequest.get("/"));
            assertThat(List.of(ClientFixture.read(response), ClientFixture.read(response)))
                    .containsOnly(JSON);
            assertThat(response.arrivedAt()).isEqualTo(ClientFixture.START);
            response.close();
            assertThatThrownBy(response::open).hasMessageContaining("closed");
            return response;
        });
        assertThat(fixture.outcomes()).isEqualTo(Map.of("ok", 1));
    }

    @Test
    void requestsAndDecodesGzip() {
        stub.respondWith(StubTrackerServer.gzipResponse(StubTrackerServer.compress(JSON)));
        assertThat(fixture.get("/")).isEqualTo(JSON);
        assertThat(stub.lastHeader("accept-encoding")).isEqualTo("gzip");
    }

    @Test
    void sendsRequestHeaders() {
        fixture.get(TrackerRequest.get("/x").withHeader("X-Cosmos-Block-Height", "7"), ClientFixture.LONG_TIMEOUT);
        assertThat(stub.lastHeader("x-cosmos-block-height")).isEqualTo("7");
    }

    @Test
    void acceptsLeadingWhitespace() {
        stub.respondWith(StubTrackerServer.textResponse("\r\n\t ".repeat(100) + "[]"));
        assertThat(fixture.get("/")).endsWith("[]");
    }

    @Test
    void readsLargeBody() {
        stub.respondWith(StubTrackerServer.responseOfLength(3_000_000));
        assertThat(fixture.get("/")).hasSizeGreaterThan(2_999_999).startsWith("[1,2,3");
    }

    @ParameterizedTest
    @MethodSource("unusableBodies")
    void classifiesUnusableBodies(RequestFailureReason reason, ExchangeHandler response) {
        stub.respondWith(response);
        AllAddressesFailedException exhausted = fixture.exhausted(ClientFixture.LONG_TIMEOUT);
        assertThat(exhausted.failures())
                .extracting(TrackerRequestException::reason)
                .containsExactly(reason);
        assertThat(exhausted).hasMessageContaining(stub.url());
        int attempts = reason == RequestFailureReason.BROKEN_OFF ? 3 : 1;
        assertThat(fixture.outcomes()).isEqualTo(Map.of(reason.name().toLowerCase(Locale.ROOT), attempts));
    }

    static Stream<Arguments> unusableBodies() {
        return Stream.of(
                Arguments.of(
                        RequestFailureReason.NOT_JSON,
                        StubTrackerServer.bodyResponse(200, Map.of("Content-Type", "Text/HTML"), "{}".getBytes(UTF_8))),
                Arguments.of(RequestFailureReason.NOT_JSON, StubTrackerServer.textResponse("Service is starting")),
                Arguments.of(RequestFailureReason.NOT_JSON, StubTrackerServer.textResponse("")),
                Arguments.of(RequestFailureReason.NOT_JSON, StubTrackerServer.textResponse(" \n ")),
                Arguments.of(RequestFailureReason.NOT_JSON, StubTrackerServer.gzipResponse(new byte[0])),
                Arguments.of(
                        RequestFailureReason.NOT_JSON, StubTrackerServer.gzipResponse(StubTrackerServer.compress(""))),
                Arguments.of(
                        RequestFailureReason.BROKEN_OFF,
                        StubTrackerServer.gzipResponse("{\"not\":\"compressed\"}".getBytes(UTF_8))),
                Arguments.of(RequestFailureReason.BROKEN_OFF, StubTrackerServer.brokenResponse()),
                Arguments.of(RequestFailureReason.BROKEN_OFF, (ExchangeHandler)
                        (request, exchange) -> exchange.resetConnection()),
                Arguments.of(RequestFailureReason.TOO_LONG, StubTrackerServer.responseOfLength(5_000_000)));
    }

    @Test
    void rejectsGzipBomb() {
        stub.respondWith(StubTrackerServer.gzipResponse(StubTrackerServer.compress("[" + " ".repeat(5_000_000) + "]")));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.TOO_LONG);
    }

    @Test
    void lengthIsLargerOfSentAndRead() {
        String json = "[" + " ".repeat(100_000) + "]";
        assertThat(lengthOf(StubTrackerServer.textResponse(json))).isEqualTo(json.length());
        assertThat(lengthOf(StubTrackerServer.gzipResponse(StubTrackerServer.compress(json))))
                .isEqualTo(json.length());
        byte[] nothing = StubTrackerServer.compress("");
        byte[] much = Arrays.copyOf(
                StubTrackerServer.compress("[]"), StubTrackerServer.compress("[]").length + 1_000 * nothing.length);
        for (int i = 1; i <= 1_000; i++) {
            System.arraycopy(nothing, 0, much, much.length - i * nothing.length, nothing.length);
        }
        assertThat(lengthOf(StubTrackerServer.gzipResponse(much))).isEqualTo(much.length);
    }

    private long lengthOf(ExchangeHandler body) {
        stub.respondWith(body);
        return fixture.client().execute(ClientFixture.START.plus(ClientFixture.LONG_TIMEOUT), address -> {
            try (TrackerResponse response = address.get(TrackerRequest.get("/"))) {
                ClientFixture.read(response);
                return response.length();
            }
        });
    }

    @Test
    void failsOnTruncatedGzip() {
        byte[] whole = StubTrackerServer.compress("[" + "1,".repeat(50_000) + "1]");
        stub.respondWith(StubTrackerServer.gzipResponse(Arrays.copyOf(whole, whole.length - 10)));
        assertThatThrownBy(() -> fixture.get("/"))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(EOFException.class);
    }
}

package io.gonkapulse.trackerpoller.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer.ExchangeHandler;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.trackerpoller.http.RedirectingHttpClient.RedirectPolicy;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectPolicyTest {

    private final StubTrackerServer stub = StubTrackerServer.returningJson();
    private final ClientFixture fixture = new ClientFixture(SteppedClock.at(ClientFixture.START), stub.url());

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void followsThreeOnSameHost() {
        stub.respondWith(countdown(3));
        assertThat(fixture.get("/")).isEqualTo(StubTrackerServer.JSON);
        assertThat(stub.requestCount()).isEqualTo(4);
        assertThat(fixture.outcomes()).isEqualTo(Map.of("ok", 1));
    }

    @Test
    void rejectsFourthRedirect() {
        stub.respondWith(countdown(4));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.REDIRECT);
        assertThat(stub.requestCount()).isEqualTo(4);
    }

    @Test
    void rejectsLoop() {
        stub.respondWith((request, exchange) -> StubTrackerServer.statusResponse(
                        302, "Location", request.path().equals("/a") ? "/" : "/a")
                .handle(request, exchange));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.REDIRECT);
        assertThat(stub.requestCount()).isEqualTo(2);
        assertThat(fixture.outcomes()).isEqualTo(Map.of("redirect", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2/",
                "//example.org/",
                "ftp://127.0.0.1/",
                "mailto:operator",
                "http://",
                "not a location",
                ""
            })
    void rejectsOtherTargets(String location) {
        stub.respondWith(StubTrackerServer.statusResponse(301, "Location", location));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.REDIRECT);
        assertThat(stub.requestCount()).isEqualTo(1);
    }

    @Test
    void requiresLocation() {
        stub.respondWith(StubTrackerServer.statusResponse(300));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.REDIRECT);
    }

    @Test
    void followsToHttps() {
        stub.respondWith(
                StubTrackerServer.statusResponse(308, "Location", stub.url().replace("http", "https")));
        assertThat(fixture.failures(ClientFixture.LONG_TIMEOUT)).containsExactly(RequestFailureReason.TLS);
    }

    @Test
    void rejectsDowngradeToHttp() {
        RedirectPolicy redirects = new RedirectPolicy(URI.create("https://tracker.example/a"));
        TrackerResponse moved = new TrackerResponse(
                302,
                HttpHeaders.of(Map.of("location", List.of("http://tracker.example/b")), (name, value) -> true),
                new ResponseBuffer(10, 10),
                ClientFixture.START);
        assertThatThrownBy(() -> redirects.follow(moved)).hasMessageContaining("away from https");
    }

    /** Redirects from / to /1, /2 and so on, then responds. */
    private static ExchangeHandler countdown(int redirects) {
        return (request, exchange) -> {
            int step = Integer.parseInt("0" + request.path().substring(1));
            ExchangeHandler response = step == redirects
                    ? StubTrackerServer.jsonResponse()
                    : StubTrackerServer.statusResponse(307, "Location", "/" + (step + 1));
            response.handle(request, exchange);
        };
    }
}

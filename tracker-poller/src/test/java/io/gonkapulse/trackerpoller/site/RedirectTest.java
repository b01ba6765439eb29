package io.gonkapulse.trackerpoller.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.network.http.Responder;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {

    private final Stub stub = Stub.good();
    private final Asking asking = new Asking(SteppedClock.at(Asking.START), stub.url());

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void followsThreeOnTheSameHost() {
        stub.answers(countdown(3));
        assertThat(asking.ask("/")).isEqualTo(Stub.JSON);
        assertThat(stub.times()).isEqualTo(4);
        assertThat(asking.outcomes()).isEqualTo(Map.of("ok", 1));
    }

    @Test
    void doesNotFollowAFourth() {
        stub.answers(countdown(4));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.REDIRECT);
        assertThat(stub.times()).isEqualTo(4);
    }

    @Test
    void noticesACircle() {
        stub.answers((request, exchange) -> Stub.status(
                        302, "Location", request.path().equals("/a") ? "/" : "/a")
                .respond(request, exchange));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.REDIRECT);
        assertThat(stub.times()).isEqualTo(2);
        assertThat(asking.outcomes()).isEqualTo(Map.of("redirect", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2/",
                "//example.org/",
                "ftp://127.0.0.1/",
                "mailto:somebody",
                "http://",
                "not a location",
                ""
            })
    void goesNowhereElse(String location) {
        stub.answers(Stub.status(301, "Location", location));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.REDIRECT);
        assertThat(stub.times()).isEqualTo(1);
    }

    @Test
    void needsALocation() {
        stub.answers(Stub.status(300));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.REDIRECT);
    }

    @Test
    void goesToHttpsOfTheSameHost() {
        stub.answers(Stub.status(308, "Location", stub.url().replace("http", "https")));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.TLS);
    }

    @Test
    void doesNotGoBackFromHttps() {
        Redirects redirects = new Redirects(URI.create("https://tracker.example/a"));
        Fetched moved = new Fetched(
                302,
                HttpHeaders.of(Map.of("location", List.of("http://tracker.example/b")), (name, value) -> true),
                new Spool(10));
        assertThatThrownBy(() -> redirects.leadOn(moved)).hasMessageContaining("away from https");
    }

    /** /, /1, /2 and so on until there is an answer. */
    private static Responder countdown(int redirects) {
        return (request, exchange) -> {
            int step = Integer.parseInt("0" + request.path().substring(1));
            Responder answer = step == redirects ? Stub.json() : Stub.status(307, "Location", "/" + (step + 1));
            answer.respond(request, exchange);
        };
    }
}

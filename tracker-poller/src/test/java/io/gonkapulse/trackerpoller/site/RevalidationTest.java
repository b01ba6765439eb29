package io.gonkapulse.trackerpoller.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.network.http.Responder;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevalidationTest {

    private static final Request CURRENT = Request.get("/current").keeping();

    private final SteppedClock clock = SteppedClock.at(Asking.START);
    private final Stub stub = Stub.that(unchanged("ETag", "\"7\"", "if-none-match"));
    private final Asking asking = new Asking(clock, stub.url());

    @AfterEach
    void close() {
        stub.close();
    }

    @ParameterizedTest
    @CsvSource({"ETag, \"7\", if-none-match", "Last-Modified, 'Sun, 01 Mar 2026 00:00:00 GMT', if-modified-since"})
    void givesTheSameBodyAgainWhenNothingHasChanged(String validator, String value, String condition) {
        stub.answers(unchanged(validator, value, condition));
        assertThat(ask()).isEqualTo(Asking.START);
        assertThat(stub.lastHeader(condition)).isEqualTo("none");
        for (int minute = 1; minute <= 3; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(ask()).isEqualTo(Asking.START.plus(Duration.ofMinutes(minute)));
            assertThat(stub.lastHeader(condition)).isEqualTo(value);
        }
        assertThat(asking.outcomes()).isEqualTo(Map.of("ok", 4));
    }

    @Test
    void keepsACompressedBodyCompressed() {
        stub.answers((request, exchange) -> (request.header("if-none-match").isPresent()
                        ? Stub.status(304)
                        : Stub.body(200, Map.of("ETag", "\"7\"", "Content-Encoding", "gzip"), Stub.zipped(Stub.JSON)))
                .respond(request, exchange));
        ask();
        ask();
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("\"7\"");
    }

    @Test
    void makesNoConditionOfOtherQuestions() {
        ask();
        asking.ask("/other");
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("none");
        asking.ask("/current");
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("none");
        ask();
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("\"7\"");
    }

    @Test
    void makesNoConditionOfWhatWasNotKept() {
        stub.answers(Stub.body(200, Map.of("ETag", "\"7\""), ("[" + " ".repeat(2_000_000) + "]").getBytes(UTF_8)));
        asking.ask(CURRENT, Asking.PLENTY);
        asking.ask(CURRENT, Asking.PLENTY);
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("none");
    }

    @Test
    void asksForAnotherBodyAfterOneThatWasUnusable() {
        assertThatThrownBy(() -> asking.sites().first(Asking.START.plus(Asking.PLENTY), site -> {
                    Asking.read(site, CURRENT);
                    throw SiteException.of(Reason.UNUSABLE, "broken inside");
                }))
                .isInstanceOf(SitesExhaustedException.class);
        ask();
        assertThat(stub.lastHeader("if-none-match")).isEqualTo("none");
    }

    @Test
    void refusesToHearThatNothingHasChangedWhenItDidNotAsk() {
        stub.answers(Stub.status(304));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.REFUSED);
    }

    /** When the answer arrived; its body is as it should be. */
    private Instant ask() {
        return asking.sites().first(clock.instant().plus(Asking.PLENTY), site -> {
            try (Answer answer = site.ask(CURRENT)) {
                assertThat(Asking.read(answer)).isEqualTo(Stub.JSON);
                return answer.arrivedAt();
            }
        });
    }

    private static Responder unchanged(String validator, String value, String condition) {
        return (request, exchange) -> (request.header(condition)
                                .filter(value::equals)
                                .isPresent()
                        ? Stub.status(304)
                        : Stub.body(200, Map.of(validator, value), Stub.JSON.getBytes(UTF_8)))
                .respond(request, exchange);
    }
}

package io.gonkapulse.trackerpoller.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

    private final SteppedClock clock = SteppedClock.at(Asking.START);
    private final Stub stub = Stub.good();
    private final Asking asking = new Asking(clock, stub.url());

    @AfterEach
    void close() {
        stub.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void takesAPlainNoForAnAnswer(int status) {
        stub.answers(Stub.status(status));
        for (int i = 1; i <= 20; i++) {
            assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.REFUSED);
        }
        assertThat(asking.outcomes()).isEqualTo(Map.of("refused", 20));
        assertThat(asking.circuits()).containsExactly("closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void asksAgainWhenARefusalMayPass(int status) {
        stub.answers(Stub.status(status));
        SitesExhaustedException exhausted = asking.exhausted(Asking.PLENTY);
        assertThat(exhausted.failures().get(0).status()).hasValue(status);
        assertThat(stub.times()).isEqualTo(3);
        assertThat(asking.outcomes()).isEqualTo(Map.of("refused", 3));
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
    void isAnAnswerUnlessItIsSaidOfATrackerThatIsAway(int status, boolean answered) {
        stub.answers(Stub.status(status));
        assertThat(asking.exhausted(Asking.PLENTY).isAnswered()).isEqualTo(answered);
    }

    @Test
    void isContentWithALaterSuccess() {
        stub.answers(
                (request, exchange) -> (stub.times() < 3 ? Stub.status(503) : Stub.json()).respond(request, exchange));
        assertThat(asking.ask("/")).isEqualTo(Stub.JSON);
        assertThat(asking.outcomes()).isEqualTo(Map.of("refused", 2, "ok", 1));
    }

    @Test
    void asksElsewhereWhenAnAddressKnowsNothing() {
        try (Stub other = Stub.good()) {
            Asking both = new Asking(clock, stub.url(), other.url());
            stub.answers(Stub.status(404));
            assertThat(both.askWhere()).isEqualTo(other.url());
            stub.answers(Stub.json());
            assertThat(both.askWhere()).isEqualTo(stub.url());
        }
    }

    @Test
    void waitsAsLongAsItIsTold() {
        Asking inRealTime = new Asking(InstantSource.system(), stub.url());
        stub.answers((request, exchange) ->
                (stub.times() == 1 ? Stub.status(429, "Retry-After", "1") : Stub.json()).respond(request, exchange));
        long begin = System.nanoTime();
        assertThat(inRealTime.ask("/")).isEqualTo(Stub.JSON);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(inRealTime.outcomes()).isEqualTo(Map.of("refused", 1, "ok", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "Sun, 01 Mar 2026 00:01:00 GMT"})
    void givesUpAtOnceWhenItIsToldToWaitTooLongAndDoesNotComeBackBefore(String later) {
        stub.answers(Stub.status(503, "Retry-After", later));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.REFUSED);
        clock.advance(Duration.ofSeconds(59));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.LIMITED);
        assertThat(stub.times()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        stub.answers(Stub.json());
        assertThat(asking.ask("/")).isEqualTo(Stub.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "Sun, 01 Mar 2020 00:01:00 GMT", "99999999999999999999"})
    void passesOverWhatIsNoTimeToComeBack(String nonsense) {
        stub.answers(Stub.status(503, "Retry-After", nonsense));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.REFUSED);
        assertThat(stub.times()).isEqualTo(3);
    }

    @Test
    void comesBackAfterAnHourWhateverItIsTold() {
        stub.answers(Stub.status(503, "Retry-After", "999999999"));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.REFUSED);
        stub.answers(Stub.json());
        clock.advance(Duration.ofHours(1));
        assertThat(asking.ask("/")).isEqualTo(Stub.JSON);
    }
}

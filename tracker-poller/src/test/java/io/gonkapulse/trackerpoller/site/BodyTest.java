package io.gonkapulse.trackerpoller.site;

import static io.gonkapulse.trackerpoller.site.Stub.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.network.http.Responder;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
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

class BodyTest {

    private final Stub stub = Stub.good();
    private final Asking asking = new Asking(SteppedClock.at(Asking.START), stub.url());

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void aBodyCanBeReadAsOftenAsWantedUntilItIsClosed() {
        asking.sites().first(Asking.START.plus(Asking.PLENTY), site -> {
            Answer answer = site.ask(Request.get("/"));
            assertThat(List.of(Asking.read(answer), Asking.read(answer))).containsOnly(JSON);
            assertThat(answer.arrivedAt()).isEqualTo(Asking.START);
            answer.close();
            assertThatThrownBy(answer::open).hasMessageContaining("given up");
            return answer;
        });
        assertThat(asking.outcomes()).isEqualTo(Map.of("ok", 1));
    }

    @Test
    void compressionIsAskedForAndUndone() {
        stub.answers(Stub.gzip(Stub.zipped(JSON)));
        assertThat(asking.ask("/")).isEqualTo(JSON);
        assertThat(stub.lastHeader("accept-encoding")).isEqualTo("gzip");
    }

    @Test
    void headersOfTheQuestionAreSent() {
        asking.ask(Request.get("/x").with("X-Cosmos-Block-Height", "7"), Asking.PLENTY);
        assertThat(stub.lastHeader("x-cosmos-block-height")).isEqualTo("7");
    }

    @Test
    void blanksBeforeTheJsonDoNoHarm() {
        stub.answers(Stub.text("\r\n\t ".repeat(100) + "[]"));
        assertThat(asking.ask("/")).endsWith("[]");
    }

    @Test
    void aLargeBodyIsTheSameAsASmallOne() {
        stub.answers(Stub.ofLength(3_000_000));
        assertThat(asking.ask("/")).hasSizeGreaterThan(2_999_999).startsWith("[1,2,3");
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void whatIsNotJsonFromBeginningToEndIsToldApart(Reason reason, Responder answer) {
        stub.answers(answer);
        SitesExhaustedException exhausted = asking.exhausted(Asking.PLENTY);
        assertThat(exhausted.failures()).extracting(SiteException::reason).containsExactly(reason);
        assertThat(exhausted).hasMessageContaining(stub.url());
        int attempts = reason == Reason.BROKEN_OFF ? 3 : 1;
        assertThat(asking.outcomes()).isEqualTo(Map.of(reason.name().toLowerCase(Locale.ROOT), attempts));
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of(
                        Reason.NOT_JSON, Stub.body(200, Map.of("Content-Type", "Text/HTML"), "{}".getBytes(UTF_8))),
                Arguments.of(Reason.NOT_JSON, Stub.text("Service is starting")),
                Arguments.of(Reason.NOT_JSON, Stub.text("")),
                Arguments.of(Reason.NOT_JSON, Stub.text(" \n ")),
                Arguments.of(Reason.NOT_JSON, Stub.gzip(new byte[0])),
                Arguments.of(Reason.NOT_JSON, Stub.gzip(Stub.zipped(""))),
                Arguments.of(Reason.BROKEN_OFF, Stub.gzip("{\"not\":\"compressed\"}".getBytes(UTF_8))),
                Arguments.of(Reason.BROKEN_OFF, Stub.brokenOff()),
                Arguments.of(Reason.BROKEN_OFF, (Responder) (request, exchange) -> exchange.reset()),
                Arguments.of(Reason.TOO_LONG, Stub.ofLength(5_000_000)));
    }

    @Test
    void aLittleThatUncompressesIntoVeryMuchIsTooLong() {
        stub.answers(Stub.gzip(Stub.zipped("[" + " ".repeat(5_000_000) + "]")));
        assertThat(asking.failures(Asking.PLENTY)).containsExactly(Reason.TOO_LONG);
    }

    @Test
    void isAsLongAsItCameOrAsItWasRead() {
        String json = "[" + " ".repeat(100_000) + "]";
        assertThat(lengthOf(Stub.text(json))).isEqualTo(json.length());
        assertThat(lengthOf(Stub.gzip(Stub.zipped(json)))).isEqualTo(json.length());
        byte[] nothing = Stub.zipped("");
        byte[] much = Arrays.copyOf(Stub.zipped("[]"), Stub.zipped("[]").length + 1_000 * nothing.length);
        for (int i = 1; i <= 1_000; i++) {
            System.arraycopy(nothing, 0, much, much.length - i * nothing.length, nothing.length);
        }
        assertThat(lengthOf(Stub.gzip(much))).isEqualTo(much.length);
    }

    private long lengthOf(Responder body) {
        stub.answers(body);
        return asking.sites().first(Asking.START.plus(Asking.PLENTY), site -> {
            try (Answer answer = site.ask(Request.get("/"))) {
                Asking.read(answer);
                return answer.length();
            }
        });
    }

    @Test
    void aCompressedBodyWithoutItsEndCannotBeReadToTheEnd() {
        byte[] whole = Stub.zipped("[" + "1,".repeat(50_000) + "1]");
        stub.answers(Stub.gzip(Arrays.copyOf(whole, whole.length - 10)));
        assertThatThrownBy(() -> asking.ask("/"))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(EOFException.class);
    }
}

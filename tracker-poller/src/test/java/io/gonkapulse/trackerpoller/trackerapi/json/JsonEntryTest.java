package io.gonkapulse.trackerpoller.trackerapi.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEntryTest {

    private final JsonEntry entry = new JsonEntry();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "007, 7",
        "3965, 3965",
        "3.965e3, 3965",
        "1e3, 1000",
        "1E+3, 1000",
        "7.0, 7",
        "-0, 0",
        "999999999999999999, 999999999999999999",
        "9223372036854775807, 9223372036854775807",
        "0009223372036854775807, 9223372036854775807"
    })
    void readsWholeNumbersInAnySpelling(String text, long number) {
        entry.put("a", text);
        assertThat(entry.number("a")).isEqualTo(number);
        assertThat(entry.numberOrZero("a")).isEqualTo(number);
        assertThat(entry.requiredNumber("a")).isEqualTo(number);
        assertThat(entry.ngonka("a").amount()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5 ",
                "-1",
                "1.5",
                "1e-3",
                "1e31",
                "1e999999999",
                "NaN",
                "Infinity",
                "0x10",
                "1_000",
                "five",
                "9223372036854775808",
                "٣",
                "1111111111111111111111111111111111111111111111111"
            })
    void rejectsInvalidWholeNumbers(String text) {
        entry.put("a", text);
        assertMalformed(() -> entry.number("a"));
        assertMalformed(() -> entry.numberOrZero("a"));
    }

    @Test
    void readsNgonkaUpToUnsigned64Bit() {
        entry.put("a", "18446744073709551615");
        assertThat(entry.ngonka("a")).hasToString("18446744073709551615");
        assertMalformed(() -> entry.numberOrZero("a"));
        JsonEntry more = new JsonEntry();
        more.put("a", "18446744073709551616");
        assertMalformed(() -> more.ngonka("a"));
    }

    @Test
    void missingIsZeroForCountersElseNull() {
        entry.putNull("there");
        for (String path : new String[] {"there", "missing"}) {
            assertThat(entry.numberOrZero(path)).isZero();
            assertThat(entry.ngonka(path)).hasToString("0");
            assertThat(entry.number(path)).isNull();
            assertThat(entry.decimal(path)).isNull();
            assertThat(entry.text(path, 9)).isNull();
            assertThat(entry.flag(path)).isNull();
            assertThat(entry.time(path)).isNull();
            assertMalformed(() -> entry.requiredNumber(path));
        }
        assertThat(entry.has("there")).isTrue();
        assertThat(entry.has("missing")).isFalse();
    }

    @Test
    void readsDecimalsWithinLimits() {
        entry.put("a", "6.02");
        assertThat(entry.decimal("a")).isEqualTo(new BigDecimal("6.02"));
        entry.put("a", "-6.02");
        assertMalformed(() -> entry.decimal("a"));
        entry.put("a", "1e-31");
        assertMalformed(() -> entry.decimal("a"));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-12-08T13:56:28.426061722Z, 2025-12-08T13:56:28.426061722Z",
        "2025-12-08T13:56:28.426061722+05:45, 2025-12-08T08:11:28.426061722Z",
        "2025-12-08T13:56:38.900851, 2025-12-08T13:56:38.900851Z",
        "2025-12-08T13:56:38, 2025-12-08T13:56:38Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z"
    })
    void readsTimesWithoutZoneAsUtc(String text, Instant time) {
        entry.put("a", text);
        assertThat(entry.time("a")).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2025-12-08",
                "2025-02-30T00:00:00Z",
                "2025-12-08T24:00:00Z",
                "2025-12-08T13:56:60Z",
                "+99999-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "2025-12-08T13:56:28.4260617221Z",
                "2025-12-08T13:56:28[Asia/Kathmandu]",
                "1765202188"
            })
    void rejectsInvalidTimes(String text) {
        entry.put("a", text);
        assertMalformed(() -> entry.time("a"));
    }

    @Test
    void readsOnlyTrueAndFalseAsFlags() {
        entry.put("said", true);
        entry.put("spelled", "false");
        entry.put("other", "yes");
        assertThat(entry.flag("said")).isTrue();
        assertThat(entry.flag("spelled")).isFalse();
        assertMalformed(() -> entry.flag("other"));
        assertMalformed(() -> entry.numberOrZero("said"));
        assertMalformed(() -> entry.text("said", 9));
    }

    @Test
    void reportsFirstInvalidField() {
        entry.requireValid();
        entry.markInvalid("a", "it once", "it twice");
        entry.markInvalid("b", "a list", "something else");
        assertThatThrownBy(entry::requireValid)
                .isInstanceOf(MalformedValueException.class)
                .hasMessage("Expected it once as a, got it twice");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " name ,name",
                "a\u0000b\u007fc\u0085d,abcd",
                "\u202eevil\u2066,evil",
                "x\ud800y\udc00z,xyz",
                "Ünïcödé №,Ünïcödé №"
            })
    void sanitizesTexts(String text, String shown) {
        entry.put("a", text);
        assertThat(entry.text("a", 100)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"abc, 3, abc", "abcd, 3, abc", "ab cd, 3, ab", "ab😀, 3, ab", "ab😀, 4, ab😀"})
    void truncatesBetweenCharacters(String text, int longest, String shown) {
        entry.put("a", text);
        assertThat(entry.text("a", longest)).isEqualTo(shown);
    }

    private static void assertMalformed(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(MalformedValueException.class);
    }
}

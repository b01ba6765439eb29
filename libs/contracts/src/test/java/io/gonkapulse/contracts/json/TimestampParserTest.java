package io.gonkapulse.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampParserTest {

    @Test
    void parsesInstantStrings() {
        Random random = new Random(1);

        for (int i = 0; i < 100_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-62_167_219_200L, 253_402_300_800L),
                    i % 3 == 0 ? 0 : random.nextInt(1_000) * (i % 3 == 1 ? 1_000_000L : 1_000L));
            assertThat(parse(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-12-08T13:56:28.4Z", "2025-12-08T13:56:28.42606172Z", "2024-02-29T23:59:59Z"})
    void parsesAnyFractionLength(String text) {
        assertThat(parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2025-12-08",
                "2025-12-08T13:56:28",
                "2025-12-08T13:56:28.Z",
                "2025-12-08T13:56:28,5Z",
                "2025-12-08T13:56:28.1234567890Z",
                "2025-12-08T24:00:00Z",
                "2025-12-08T13:60:00Z",
                "2025-12-08T13:56:60Z",
                "2025-13-08T13:56:28Z",
                "2025-02-29T13:56:28Z",
                "2025-12-08t13:56:28Z",
                "2025-12-08T13:56:28z",
                "+025-12-08T13:56:28Z",
                "2025-12-08T13:56:28.-1Z",
                "２025-12-08T13:56:28Z",
            })
    void refusesOtherTimeFormats(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> parse(text));
    }

    private static Instant parse(String text) {
        return TimestampParser.parse(
                text.getBytes(StandardCharsets.UTF_8), 0, text.getBytes(StandardCharsets.UTF_8).length);
    }
}

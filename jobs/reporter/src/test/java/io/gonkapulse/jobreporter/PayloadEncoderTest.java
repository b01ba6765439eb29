package io.gonkapulse.jobreporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadEncoderTest {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(1, "1"),
                Arguments.of(2.5, "2.5"),
                Arguments.of(Double.NaN, "\"NaN\""),
                Arguments.of(new BigDecimal("1e400"), "\"1E+400\""),
                Arguments.of(true, "true"),
                Arguments.of("a\"b", "\"a\\\"b\""),
                Arguments.of("half \ud83d", "\"half \uFFFD\""),
                Arguments.of(List.of(1, List.of()), "[1,[]]"),
                Arguments.of(Arrays.asList("a", null), "[\"a\",null]"),
                Arguments.of(new Integer[] {1, 2}, "[1,2]"),
                Arguments.of(Map.of("b", 1), "{\"b\":1}"),
                Arguments.of(Thread.State.NEW, "\"NEW\""),
                Arguments.of(Duration.ofSeconds(1), "\"PT1S\""));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesBecomeJson(Object value, String expected) {
        assertThat(PayloadEncoder.encode(Map.of("a", value))).isEqualTo("{\"a\":" + expected + "}");
    }

    @Test
    void emptyMapIsAbsent() {
        assertThat(PayloadEncoder.encode(Map.of())).isNull();
    }

    @Test
    void mapInItselfEnds() {
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);

        assertThat(PayloadEncoder.encode(map)).contains("{\"self\":\"…\"}");
    }

    @Test
    void endlessIterableEnds() {
        Iterable<Integer> endless = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                return 7;
            }
        };

        assertThat(requireNonNull(PayloadEncoder.encode(Map.of("a", endless))).getBytes(UTF_8))
                .hasSizeLessThan(JobLimits.MAX_JSON_BYTES);
    }
}

package io.gonkapulse.apigateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateIntervalBuilderTest {

    private static final Instant TEN = Instant.parse("2026-03-10T10:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-03-10T11:00:00Z");
    private static final long WHOLE_HOUR = (1L << 60) - 1;

    @Test
    void returnsNothingForUnseenHours() {
        assertThat(StateIntervalBuilder.build(List.of())).isEmpty();
        assertThat(StateIntervalBuilder.build(List.of(new HealthHourRow(TEN, 0, 0, 0))))
                .isEmpty();
    }

    @Test
    void joinsAdjacentHours() {
        assertThat(format(new HealthHourRow(TEN, WHOLE_HOUR, 0, 0), new HealthHourRow(ELEVEN, WHOLE_HOUR, 0, 0)))
                .containsExactly("healthy 10:00 12:00");
    }

    @Test
    void jailedWinsOverUnhealthy() {
        HealthHourRow row = new HealthHourRow(TEN, 0b111111, 0b011100, 0b001000);

        assertThat(format(row))
                .containsExactly(
                        "healthy 10:00 10:02",
                        "unhealthy 10:02 10:03",
                        "jailed 10:03 10:04",
                        "unhealthy 10:04 10:05",
                        "healthy 10:05 10:06");
        assertThat(List.of(row.seenMinutes(), row.healthyMinutes(), row.unhealthyMinutes(), row.jailedMinutes()))
                .containsExactly(6, 3, 2, 1);
    }

    @Test
    void bridgesShortGapsOnly() {
        assertThat(format(new HealthHourRow(TEN, 1L | 1L << 10 | 1L << 21, 0, 0)))
                .containsExactly("healthy 10:00 10:11", "healthy 10:21 10:22");
        assertThat(format(new HealthHourRow(TEN, 1L | 1L << 5, 1L << 5, 0)))
                .containsExactly("healthy 10:00 10:05", "unhealthy 10:05 10:06");
        assertThat(format(new HealthHourRow(TEN, 1L | 1L << 30, 1L << 30, 0)))
                .containsExactly("healthy 10:00 10:01", "unhealthy 10:30 10:31");
    }

    private static List<String> format(HealthHourRow... rows) {
        return StateIntervalBuilder.build(List.of(rows)).stream()
                .map(interval -> interval.state() + " " + time(interval.from()) + " " + time(interval.to()))
                .toList();
    }

    private static String time(Instant instant) {
        return instant.toString().substring(11, 16);
    }
}

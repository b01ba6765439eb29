package io.gonkapulse.servicekit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingLimitsTest {

    @Test
    void rejectsTooShortDuration() {
        assertThatThrownBy(() -> SettingLimits.requireAtLeast("KEPT", Duration.ofMillis(90), Duration.ofDays(2)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("KEPT: expected 2d or longer, got 90ms (a number without a unit means");
        assertThatCode(() -> SettingLimits.requireAtLeast("KEPT", Duration.ofDays(2), Duration.ofDays(2)))
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsTooSmallNumber() {
        assertThatThrownBy(() -> SettingLimits.requireAtLeast("THREADS", 0, 1))
                .isInstanceOf(SettingException.class)
                .hasMessage("THREADS: expected 1 or more, got 0");
        assertThatCode(() -> SettingLimits.requireAtLeast("THREADS", 1, 1)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"PT48H, 2d", "PT36H, 36h", "PT90S, 90s", "PT5M, 5m", "PT0.09S, 90ms", "PT0S, 0ms", "PT-1S, -1s"})
    void formatsDurationInLargestExactUnit(Duration time, String shown) {
        assertThat(SettingLimits.format(time)).isEqualTo(shown);
    }
}

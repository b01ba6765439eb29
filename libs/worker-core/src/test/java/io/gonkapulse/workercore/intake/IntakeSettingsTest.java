package io.gonkapulse.workercore.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.servicekit.settings.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IntakeSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "consumers | 0 | INTAKE_CONSUMERS: expected 1 or more, got 0",
                "max-records | 0 | INTAKE_MAXRECORDS: expected 1 or more, got 0",
                "max-partition-fetch | 0 | INTAKE_MAXPARTITIONFETCH: expected 1B to 2147483647B, got 0B",
                "max-partition-fetch | 2GB | INTAKE_MAXPARTITIONFETCH: expected 1B to 2147483647B, got 2147483648B",
                "max-inflated | 1023KB | INTAKE_MAXINFLATED: expected 1048576B to 2147483647B, got 1047552B",
                "max-inflated | 2GB | INTAKE_MAXINFLATED: expected 1048576B to 2147483647B, got 2147483648B",
                "first-back-off | 0s | INTAKE_FIRSTBACKOFF: expected 1ms or longer, got 0ms",
                "longest-back-off | 30 | INTAKE_LONGESTBACKOFF is 30ms, shorter than INTAKE_FIRSTBACKOFF, which is 500ms"
            })
    void whatCannotWorkIsRefusedByItsName(String name, String value, String message) {
        assertThatThrownBy(() -> bound(Map.of("intake." + name, value)))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void theEdgesOfWhatWorksAreTaken() {
        IntakeSettings settings = bound(Map.of(
                "intake.consumers", "1",
                "intake.max-records", "1",
                "intake.max-partition-fetch", "2147483647B",
                "intake.max-inflated", "1MB",
                "intake.first-back-off", "1ms",
                "intake.longest-back-off", "1ms"));

        assertThat(settings.maxPartitionFetch().toBytes()).isEqualTo(Integer.MAX_VALUE);
        assertThat(settings.longestBackOff()).isEqualTo(settings.firstBackOff());
    }

    private static IntakeSettings bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("intake", IntakeSettings.class);
    }
}

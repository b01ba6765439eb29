package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.servicekit.settings.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StatsWriterPropertiesTest {

    @ParameterizedTest
    @CsvSource({
        "writer.grace, -1s, WRITER_GRACE: expected 0ms or longer",
        "writer.health-retention, 90, WRITER_HEALTH_RETENTION: expected 2d or longer",
        "writer.health-retention, 47h, WRITER_HEALTH_RETENTION: expected 2d or longer",
        "writer.poll-retention, 59m, WRITER_POLL_RETENTION: expected 1h or longer",
        "writer.uptime-interval, 1, WRITER_UPTIME_INTERVAL: expected 1s or longer",
        "writer.history-interval, 999, WRITER_HISTORY_INTERVAL: expected 1s or longer",
        "writer.cleanup-interval, 0s, WRITER_CLEANUP_INTERVAL: expected 1s or longer",
        "writer.metrics-interval, -1s, WRITER_METRICS_INTERVAL: expected 1s or longer",
        "stats.ttl, 3, STATS_TTL: expected 1s or longer"
    })
    void rejectsInvalidSettingByName(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void acceptsBoundaryValues() {
        StatsWriterProperties properties =
                bind(Map.of("writer.grace", "0s", "writer.health-retention", "2d", "writer.poll-retention", "1h"));

        assertThat(properties.healthRetention()).hasDays(2);
        assertThat(properties.pollRetention()).hasHours(1);
        assertThat(properties.grace()).isZero();
    }

    private static StatsWriterProperties bind(Map<String, String> settings) {
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        binder.bindOrCreate("stats", StatsWriterProperties.StatsTtl.class);
        return binder.bindOrCreate("writer", StatsWriterProperties.class);
    }
}

package io.gonkapulse.trackerpoller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.trackerpoller.trackerapi.PollingSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PollerPropertiesTest {

    private static final String TRACKER = "poller.trackers[0].";

    private final Map<String, String> settings = new HashMap<>(Map.of(
            TRACKER + "name", "demo",
            TRACKER + "kind", "gonka-tracker",
            TRACKER + "urls", "https://a.example,http://b.example:8000/x"));

    @Test
    void requiresOnlyNameKindAndUrls() {
        PollerProperties properties = bind();
        TrackerProperties tracker = properties.trackers().get(0);
        assertThat(tracker.urls()).containsExactly("https://a.example", "http://b.example:8000/x");
        assertThat(tracker.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(tracker.bodyLimit().toMegabytes()).isEqualTo(64);
        assertThat(properties.sessionTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(properties.owner()).isNull();
    }

    @Test
    void derivesDeadlineFromInterval() {
        settings.put(TRACKER + "interval", "20s");
        assertThat(pollingSettings().pollDeadline()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void capsDerivedDeadlineAtMinute() {
        settings.put(TRACKER + "interval", "1h");
        assertThat(pollingSettings().pollDeadline()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void prefersConfiguredDeadline() {
        settings.put(TRACKER + "interval", "1h");
        settings.put(TRACKER + "poll-deadline", "5s");
        assertThat(pollingSettings().pollDeadline()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void reservesOneRequestForScheduledPoll() {
        assertThat(pollingSettings().parallelRequests()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | Demo Tracker | Expected a tracker name",
                "urls | ftp://a.example | demo: urls: expected addresses as https://host",
                "urls | https://user:secret@a.example | demo: urls: expected addresses",
                "urls | https://a.example?x=1 | demo: urls: expected addresses",
                "urls | not an address | demo: urls: expected addresses",
                "urls | https://a.example,https://a.example | expected different addresses, got one twice",
                "interval | 0s | demo: interval: expected PT1S to PT24H, got PT0S",
                "poll-deadline | 2m | demo: poll-deadline: expected PT0.1S to PT1M, got PT2M",
                "stale-after | 0s | demo: stale-after: expected",
                "connect-timeout | 0s | demo: connect-timeout: expected",
            })
    void rejectsInvalidValues(String setting, String value, String complaint) {
        settings.put(TRACKER + setting, value);
        assertThatThrownBy(this::bind)
                .extracting(failure ->
                        NestedExceptionUtils.getMostSpecificCause(failure).getMessage())
                .asString()
                .contains(complaint);
    }

    @ParameterizedTest
    @CsvSource({"https://user:secret@a.example", "https://a.example?token=secret", "https://a b:secret@a.example"})
    void hidesSecretsOfUrls(String address) {
        settings.put(TRACKER + "urls", address);
        assertThatThrownBy(this::bind)
                .extracting(failure ->
                        NestedExceptionUtils.getMostSpecificCause(failure).getMessage())
                .asString()
                .contains("a.example", "without credentials")
                .doesNotContain("secret");
    }

    @Test
    void rejectsDuplicateNames() {
        settings.put("poller.trackers[1].name", "demo");
        settings.put("poller.trackers[1].kind", "gonka-node");
        settings.put("poller.trackers[1].urls", "https://c.example");
        assertThatThrownBy(this::bind)
                .extracting(failure ->
                        NestedExceptionUtils.getMostSpecificCause(failure).getMessage())
                .asString()
                .isEqualTo("Two trackers are named demo: give each its own name");
    }

    @Test
    void bindsEnvironmentNamesWithUnderscores() {
        PollerProperties properties = bindEnvironment(Map.of(
                "POLLER_PARALLEL_POLLS", "3",
                "POLLER_SESSION_TIMEOUT", "9s",
                "POLLER_TRACKERS_0_NAME", "demo",
                "POLLER_TRACKERS_0_KIND", "gonka-tracker",
                "POLLER_TRACKERS_0_URLS", "https://a.example",
                "POLLER_TRACKERS_0_BODY_LIMIT", "2MB",
                "POLLER_TRACKERS_0_INITIAL_BACKFILL_EPOCHS", "30"));

        assertThat(properties.parallelPolls()).isEqualTo(3);
        assertThat(properties.sessionTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(properties.trackers().get(0).bodyLimit().toMegabytes()).isEqualTo(2);
        assertThat(properties.trackers().get(0).initialBackfillEpochs()).isEqualTo(30);
    }

    private static PollerProperties bindEnvironment(Map<String, Object> variables) {
        PropertySource<?> environment = new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables);
        return new Binder(ConfigurationPropertySources.from(environment))
                .bind("poller", PollerProperties.class)
                .get();
    }

    private PollingSettings pollingSettings() {
        return bind().trackers().get(0).pollingSettings();
    }

    private PollerProperties bind() {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("poller", PollerProperties.class)
                .get();
    }
}

package io.gonkapulse.apigateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.apigateway.core.GatewayProperties.FreshnessProperties;
import io.gonkapulse.apigateway.core.GatewayProperties.RateLimit;
import io.gonkapulse.servicekit.settings.SettingException;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class GatewayPropertiesTest {

    private static final Pattern README_ROW =
            Pattern.compile("(?m)^\\| `((?:GATEWAY|STATS)_[A-Z_]+)` \\| (?:`([^`]+)`|none) \\|");

    @Test
    void readmeListsSettingsWithDefaults() throws IOException {
        Map<String, String> documented = README_ROW
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .collect(
                        Collectors.toMap(row -> row.group(1), row -> Objects.requireNonNullElse(row.group(2), "none")));

        Map<String, String> settings = defaultsByName("GATEWAY_", GatewayProperties.class);
        settings.remove("GATEWAY_RATE_LIMIT");
        settings.putAll(defaultsByName("GATEWAY_RATE_LIMIT_", RateLimit.class));
        settings.putAll(defaultsByName("STATS_", FreshnessProperties.class));
        assertThat(documented).isEqualTo(settings);
    }

    private static Map<String, String> defaultsByName(String prefix, Class<? extends Record> properties) {
        return Arrays.stream(properties.getDeclaredConstructors()[0].getParameters())
                .collect(Collectors.toMap(
                        parameter -> prefix + environmentName(parameter), GatewayPropertiesTest::defaultValue));
    }

    private static String environmentName(Parameter parameter) {
        Name name = parameter.getAnnotation(Name.class);
        return (name == null ? parameter.getName() : name.value())
                .replaceAll("(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT);
    }

    private static String defaultValue(Parameter parameter) {
        DefaultValue value = parameter.getAnnotation(DefaultValue.class);
        return value == null || value.value().length == 0 ? "none" : value.value()[0];
    }

    @Test
    void appliesDefaults() {
        GatewayProperties defaults = bind(Map.of());

        assertThat(defaults.cacheTtl()).hasSeconds(1);
        assertThat(defaults.lookupTimeout()).hasSeconds(2);
        assertThat(defaults.rangeTimeout()).hasSeconds(10);
        assertThat(defaults.maxInFlight()).isEqualTo(16);
        assertThat(defaults.maxLookupStatements()).isEqualTo(2);
        assertThat(defaults.anonymousRead()).isTrue();
        assertThat(defaults.acceptNewerSchema()).isFalse();
        assertThat(defaults.corsAllowedOrigins()).isEmpty();
        assertThat(defaults.publicRights()).isEmpty();
        assertThat(defaults.writeTimeout()).hasSeconds(20);
        assertThat(defaults.maxConnectionsPerAddress()).isEqualTo(64);
        assertThat(defaults.maxUnreadResponseSize().toMegabytes()).isEqualTo(64);
        assertThat(defaults.rateLimit().requests()).isEqualTo(3000);
        assertThat(defaults.rateLimit().period()).hasMinutes(1);
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.anonymous-read, false, GATEWAY_ANONYMOUS_READ is false and GATEWAY_KEYS_FILE is missing",
        "gateway.cache-ttl, 11s, GATEWAY_CACHE_TTL: expected 0s to 10s",
        "gateway.lookup-timeout, 10ms, GATEWAY_LOOKUP_TIMEOUT: expected 1s or longer",
        "gateway.write-timeout, 10ms, GATEWAY_WRITE_TIMEOUT: expected 1s or longer",
        "gateway.write-timeout, 11m, GATEWAY_WRITE_TIMEOUT: expected 10m or shorter",
        "gateway.max-unread-response-size, 1MB, GATEWAY_MAX_UNREAD_RESPONSE_SIZE: expected 8MB or more",
        "gateway.rate-limit.period, 1ms, GATEWAY_RATE_LIMIT_PERIOD: expected 1s or longer"
    })
    void errorNamesSetting(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesUnsupportedRateLimit() {
        assertThatThrownBy(() -> bind(Map.of(
                        "gateway.rate-limit.requests", "2000000000",
                        "gateway.rate-limit.period", "1s")))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("GATEWAY_RATE_LIMIT_REQUESTS and GATEWAY_RATE_LIMIT_PERIOD: expected");
        assertThat(bind(Map.of("gateway.public", "trackers,jobs")).publicRights())
                .containsExactlyInAnyOrder(KeyRight.TRACKERS, KeyRight.JOBS);
    }

    @Test
    void bindsEnvironmentNames() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(
                                        "GATEWAY_CACHE_TTL", "5s",
                                        "GATEWAY_MAX_LOOKUP_STATEMENTS", "3",
                                        "GATEWAY_MAX_UNREAD_RESPONSE_SIZE", "16MB",
                                        "GATEWAY_RATE_LIMIT_PERIOD", "2m",
                                        "GATEWAY_CORS_ALLOWED_ORIGINS", "https://one.example,https://two.example",
                                        "GATEWAY_PUBLIC", "trackers")));
        GatewayProperties properties = Binder.get(environment).bindOrCreate("gateway", GatewayProperties.class);
        assertThat(properties.cacheTtl()).hasSeconds(5);
        assertThat(properties.maxLookupStatements()).isEqualTo(3);
        assertThat(properties.maxUnreadResponseSize().toMegabytes()).isEqualTo(16);
        assertThat(properties.rateLimit().period()).hasMinutes(2);
        assertThat(properties.corsAllowedOrigins()).containsExactly("https://one.example", "https://two.example");
        assertThat(properties.publicRights()).containsExactly(KeyRight.TRACKERS);
    }

    private static GatewayProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("gateway", GatewayProperties.class);
    }
}

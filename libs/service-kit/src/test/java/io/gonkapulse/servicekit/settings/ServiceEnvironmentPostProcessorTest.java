package io.gonkapulse.servicekit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ServiceEnvironmentPostProcessorTest {

    private static final String URL = "spring.datasource.url";

    @Test
    void ignoresSettingsOfUnusedDependencies() {
        StandardEnvironment environment = prepare(Map.of(), Map.of());

        assertThat(environment.containsProperty(URL)).isFalse();
        assertThat(environment.containsProperty("spring.kafka.bootstrap-servers"))
                .isFalse();
        assertThat(environment.getProperty("management.endpoints.web.exposure.include"))
                .isEqualTo("health,info,prometheus");
    }

    @Test
    void mapsDatabaseUrlToDataSource() {
        StandardEnvironment environment = prepare(
                Map.of("service.needs", "database"),
                Map.of("DATABASE_URL", "postgres://u:p%40ss@h:6432/d?sslmode=require", "DB_HOST", "other"));

        assertThat(environment.getProperty(URL)).isEqualTo("jdbc:postgresql://h:6432/d?sslmode=require");
        assertThat(environment.getProperty("spring.datasource.username")).isEqualTo("u");
        assertThat(environment.getProperty("spring.datasource.password")).isEqualTo("p@ss");
    }

    @Test
    void readsSpringSettingsFromEnvironmentAndFile() {
        assertThat(prepare(
                                Map.of("service.needs", "database"),
                                Map.of(
                                        "SPRING_DATASOURCE_URL",
                                        "jdbc:postgresql://h/d",
                                        "DB_USERNAME",
                                        "u",
                                        "DB_PASSWORD",
                                        ""))
                        .getProperty("spring.datasource.username"))
                .isEqualTo("u");
        assertThat(prepare(
                                Map.of(
                                        "service.needs",
                                        "kafka",
                                        "spring.kafka.bootstrap-servers",
                                        "file:1",
                                        "server.port",
                                        "0"),
                                Map.of("KAFKA_BOOTSTRAP_SERVERS", "variable:1"))
                        .getProperty("spring.kafka.bootstrap-servers"))
                .isEqualTo("file:1");
    }

    @Test
    void commandLineDatabaseOverridesEnvironment() {
        StandardEnvironment environment = prepare(
                Map.of("service.needs", "database"),
                Map.of("DATABASE_URL", "postgres://u:p@production/d"),
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1/d",
                "--spring.datasource.username=me",
                "--spring.datasource.password=");

        assertThat(environment.getProperty(URL)).isEqualTo("jdbc:postgresql://127.0.0.1/d");
        assertThat(environment.getProperty("spring.datasource.username")).isEqualTo("me");
    }

    @Test
    void namesMissingBrokerSetting() {
        assertThatThrownBy(() -> prepare(Map.of("service.needs", "kafka"), Map.of()))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("KAFKA_BOOTSTRAP_SERVERS is missing");
    }

    @Test
    void logFormatDefaultsToText() {
        String format = "logging.structured.format.console";

        assertThat(prepare(Map.of(), Map.of()).getProperty(format)).isNull();
        assertThat(prepare(Map.of(), Map.of("LOG_FORMAT", "text")).getProperty(format))
                .isNull();
        assertThat(prepare(Map.of(), Map.of("LOG_FORMAT", "ecs")).getProperty(format))
                .isEqualTo("ecs");
        assertThatThrownBy(() -> prepare(Map.of(), Map.of("LOG_FORMAT", "xml")))
                .isInstanceOf(SettingException.class)
                .hasMessage("LOG_FORMAT: expected text, ecs or logstash, got \"xml\"");
    }

    @Test
    void serviceFileOverridesDefaults() {
        assertThat(prepare(Map.of("server.shutdown", "immediate"), Map.of()).getProperty("server.shutdown"))
                .isEqualTo("immediate");
        assertThat(prepare(Map.of("spring.config.name", "sample"), Map.of()).getProperty("spring.application.name"))
                .isEqualTo("sample");
    }

    private static StandardEnvironment prepare(
            Map<String, Object> file, Map<String, Object> variables, String... arguments) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        environment.getPropertySources().addLast(new MapPropertySource("file", new HashMap<>(file)));
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
        ConfigurationPropertySources.attach(environment);
        new ServiceEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}

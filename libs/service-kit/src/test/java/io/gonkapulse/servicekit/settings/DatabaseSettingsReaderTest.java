package io.gonkapulse.servicekit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsReaderTest {

    private static final Map<String, String> PARTS =
            Map.of("DB_HOST", "db.internal", "DB_USERNAME", "pulse", "DB_PASSWORD", "s3cret", "DB_DATABASE", "gonka");

    @Test
    void readsPartsWithDefaultPort() {
        DatabaseSettings settings = read(PARTS);

        assertThat(settings)
                .isEqualTo(new DatabaseSettings("jdbc:postgresql://db.internal:5432/gonka", "pulse", "s3cret"));
        assertThat(settings.address()).isEqualTo("db.internal:5432/gonka");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_HOST", "DB_USERNAME", "DB_PASSWORD", "DB_DATABASE"})
    void namesMissingPart(String missing) {
        Map<String, String> parts = new HashMap<>(PARTS);
        parts.remove(missing);

        assertThatThrownBy(() -> read(parts))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(missing + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "5432a", "-1"})
    void rejectsInvalidPort(String port) {
        assertThatThrownBy(() -> read(with(PARTS, "DB_PORT", port)))
                .hasMessageStartingWith("DB_PORT: expected")
                .hasMessageContaining(port);
    }

    @Test
    void acceptsEmptyPassword() {
        assertThat(read(with(PARTS, "DB_PASSWORD", "")).password()).isEmpty();
    }

    @Test
    void databaseUrlOverridesEverything() {
        Map<String, String> all = with(PARTS, "DATABASE_URL", "postgres://u:p@h:6432/d");
        all.put("SPRING_DATASOURCE_URL", "jdbc:postgresql://spring/x");

        assertThat(read(all)).isEqualTo(new DatabaseSettings("jdbc:postgresql://h:6432/d", "u", "p"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://u:p@h/d, jdbc:postgresql://h:5432/d, u, p",
        "postgresql://u:p@h/d, jdbc:postgresql://h:5432/d, u, p",
        "postgres://u:p%40s%2Fs%25%3A%23@h/d, jdbc:postgresql://h:5432/d, u, p@s/s%:#",
        "postgres://u+1:p+2@h/d, jdbc:postgresql://h:5432/d, u+1, p+2",
        "postgres://u:p@[::1]:5433/d, jdbc:postgresql://[::1]:5433/d, u, p",
        "postgres://u:p@h/d?sslmode=require, jdbc:postgresql://h:5432/d?sslmode=require, u, p",
        "postgres://u:p@h/d?sslmode=verify-full&connect_timeout=3, "
                + "jdbc:postgresql://h:5432/d?sslmode=verify-full&connectTimeout=3, u, p",
        "postgres://u:p@h/d%20e, jdbc:postgresql://h:5432/d%20e, u, p"
    })
    void parsesUrlLikePostgres(String url, String jdbc, String user, String password) {
        assertThat(read(Map.of("DATABASE_URL", url))).isEqualTo(new DatabaseSettings(jdbc, user, password));
    }

    @Test
    void urlWithoutPasswordUsesDbPassword() {
        assertThat(read(Map.of("DATABASE_URL", "postgres://u@h/d", "DB_PASSWORD", "beside"))
                        .password())
                .isEqualTo("beside");
        assertThat(read(Map.of("DATABASE_URL", "postgres://u@h/d")).password()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:s3cret@h/d",
                "postgres://u:s3cret@h",
                "postgres://u:s3cret@h@/d",
                "postgres://u:s3cr%zzet@h/d",
                "postgres://u:s3cret@h:99999/d",
                "postgres://u:s3cret@h/d?sslmode",
                "postgres://h/d?user=u&password=s3cret",
                "postgres://:s3cret@h/d",
                "s3cret"
            })
    void rejectsInvalidUrlWithoutSecrets(String url) {
        assertThatThrownBy(() -> read(Map.of("DATABASE_URL", url)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("DATABASE_URL: expected")
                .message()
                .doesNotContain("s3cr");
    }

    @Test
    void readsSpringNamesFromAnySource() {
        Map<String, String> environment = Map.of(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://h/d",
                "SPRING_DATASOURCE_USERNAME",
                "u",
                "DB_PASSWORD",
                "p");
        SettingSource commandLine = SettingSource.of(
                Map.of("spring.datasource.url", "jdbc:postgresql://other/d?sslmode=require"), Map.of(), environment);

        assertThat(read(environment)).isEqualTo(new DatabaseSettings("jdbc:postgresql://h/d", "u", "p"));
        assertThat(new DatabaseSettingsReader(commandLine).read())
                .isEqualTo(new DatabaseSettings("jdbc:postgresql://other/d?sslmode=require", "u", "p"));
        assertThat(new DatabaseSettingsReader(SettingSource.of(Map.of("db.host", "mine"), Map.of(), PARTS))
                        .read()
                        .address())
                .isEqualTo("mine:5432/gonka");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://h/d", "jdbc:postgresql://h/d?user=u&password=s3cret"})
    void rejectsInvalidSpringUrl(String url) {
        assertThatThrownBy(() -> read(with(PARTS, "SPRING_DATASOURCE_URL", url)))
                .hasMessageStartingWith("SPRING_DATASOURCE_URL: expected")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void toStringHidesPassword() {
        assertThat(read(PARTS)).hasToString("pulse@db.internal:5432/gonka");
    }

    private static DatabaseSettings read(Map<String, String> environment) {
        return new DatabaseSettingsReader(SettingSource.of(Map.of(), Map.of(), environment)).read();
    }

    private static Map<String, String> with(Map<String, String> parts, String name, String value) {
        Map<String, String> more = new HashMap<>(parts);
        more.put(name, value);
        return more;
    }
}

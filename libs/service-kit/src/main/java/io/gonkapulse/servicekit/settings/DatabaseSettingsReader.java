package io.gonkapulse.servicekit.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the database settings. {@code DATABASE_URL} takes precedence over Spring's settings, and
 * those over {@code DB_*}.
 */
public final class DatabaseSettingsReader {

    private static final String SPRING_PREFIX = "jdbc:postgresql://";
    private static final int DEFAULT_PORT = 5432;

    private final SettingSource source;

    public DatabaseSettingsReader(SettingSource source) {
        this.source = source;
    }

    /**
     * Reads the settings.
     *
     * @throws SettingException if a setting is invalid or missing
     */
    public DatabaseSettings read() {
        Optional<String> url = source.find("DATABASE_URL");
        if (url.isPresent()) {
            return withDefaultPassword(DatabaseSettings.parse(url.get()));
        }
        Optional<String> springUrl = source.find("SPRING_DATASOURCE_URL");
        return springUrl.isPresent() ? fromSpring(springUrl.get()) : fromParts();
    }

    private DatabaseSettings fromSpring(String url) {
        if (!url.startsWith(SPRING_PREFIX)) {
            throw new SettingException("SPRING_DATASOURCE_URL: expected " + SPRING_PREFIX + "host:port/database, got "
                    + DatabaseSettings.redact(url));
        }
        if (url.matches(".*[?&](user|password)=.*")) {
            throw new SettingException("SPRING_DATASOURCE_URL: expected no credentials in it: "
                    + "set SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD");
        }
        return new DatabaseSettings(
                url,
                required("SPRING_DATASOURCE_USERNAME", "DB_USERNAME"),
                requiredEvenEmpty("SPRING_DATASOURCE_PASSWORD", "DB_PASSWORD"));
    }

    private DatabaseSettings fromParts() {
        return DatabaseSettings.of(
                required("DB_HOST"),
                port(),
                required("DB_DATABASE"),
                required("DB_USERNAME"),
                requiredEvenEmpty("DB_PASSWORD"));
    }

    /** A URL without password takes {@code DB_PASSWORD}, so that the secret can be stored apart. */
    private DatabaseSettings withDefaultPassword(DatabaseSettings settings) {
        if (settings.password() != null) {
            return settings;
        }
        @Nullable String password = source.findEvenEmpty("DB_PASSWORD").orElse(null);
        return new DatabaseSettings(settings.url(), settings.username(), password);
    }

    private int port() {
        String text =
                source.find("DB_PORT").orElse(String.valueOf(DEFAULT_PORT)).strip();
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new SettingException("DB_PORT: expected a port from 1 to 65535, got \"" + text + '"');
        }
        return Integer.parseInt(text);
    }

    private String required(String... names) {
        for (String name : names) {
            Optional<String> value = source.find(name);
            if (value.isPresent()) {
                return value.get();
            }
        }
        throw missingSetting(names[0]);
    }

    private String requiredEvenEmpty(String... names) {
        for (String name : names) {
            Optional<String> value = source.findEvenEmpty(name);
            if (value.isPresent()) {
                return value.get();
            }
        }
        throw missingSetting(names[0]);
    }

    private static SettingException missingSetting(String name) {
        return new SettingException(
                name + " is missing: set DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD and DB_DATABASE, "
                        + "or DATABASE_URL=postgres://user:password@host:port/database");
    }
}

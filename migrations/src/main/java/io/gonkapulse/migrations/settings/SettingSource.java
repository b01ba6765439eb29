package io.gonkapulse.migrations.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Settings by their environment name, wherever they stand: command line before system properties before environment. */
public final class SettingSource {

    private final Map<String, String> values = new HashMap<>();

    private SettingSource() {}

    /**
     * All of them together.
     *
     * @param options by Spring's property names, such as {@code spring.datasource.url}
     */
    public static SettingSource of(
            Map<String, String> options, Map<String, String> properties, Map<String, String> environment) {
        SettingSource source = new SettingSource();
        source.values.putAll(environment);
        properties.forEach((name, value) -> source.values.put(environmentName(name), value));
        options.forEach((name, value) -> source.values.put(environmentName(name), value));
        return source;
    }

    /** A setting that is there but blank is as good as missing. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    /** An empty password is a password; a missing one is not. */
    Optional<String> findEvenEmpty(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private static String environmentName(String name) {
        return name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }
}

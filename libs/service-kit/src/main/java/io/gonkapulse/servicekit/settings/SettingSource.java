package io.gonkapulse.servicekit.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings by environment name. The command line takes precedence over system properties, and those
 * over the environment.
 */
public final class SettingSource {

    private final Function<String, @Nullable String> lookup;

    private SettingSource(Function<String, @Nullable String> lookup) {
        this.lookup = lookup;
    }

    /**
     * Reads settings through a function.
     *
     * @param lookup from an environment name, such as {@code DB_HOST}, to its value
     */
    public static SettingSource of(Function<String, @Nullable String> lookup) {
        return new SettingSource(lookup);
    }

    /**
     * Combines three sources.
     *
     * @param options by Spring's property names, such as {@code spring.datasource.url}
     */
    public static SettingSource of(
            Map<String, String> options, Map<String, String> properties, Map<String, String> environment) {
        Map<String, String> values = new HashMap<>(environment);
        properties.forEach((name, value) -> values.put(environmentName(name), value));
        options.forEach((name, value) -> values.put(environmentName(name), value));
        return new SettingSource(values::get);
    }

    /** Treats a blank setting as missing. */
    public Optional<String> find(String name) {
        return findEvenEmpty(name).filter(value -> !value.isBlank());
    }

    /** Treats an empty setting as present, because a password may be empty. */
    Optional<String> findEvenEmpty(String name) {
        return Optional.ofNullable(lookup.apply(name));
    }

    private static String environmentName(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}

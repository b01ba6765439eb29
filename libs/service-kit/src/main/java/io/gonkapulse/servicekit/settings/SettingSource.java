package io.gonkapulse.servicekit.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Settings by their environment name, wherever they stand: command line before system properties before environment. */
public final class SettingSource {

    private final Function<String, @Nullable String> lookup;

    private SettingSource(Function<String, @Nullable String> lookup) {
        this.lookup = lookup;
    }

    /**
     * Settings that somebody else keeps.
     *
     * @param lookup from an environment name, such as {@code DB_HOST}, to its value
     */
    public static SettingSource of(Function<String, @Nullable String> lookup) {
        return new SettingSource(lookup);
    }

    /**
     * All of them together.
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

    /** A setting that is there but blank is as good as missing. */
    public Optional<String> find(String name) {
        return findEvenEmpty(name).filter(value -> !value.isBlank());
    }

    /** An empty password is a password; a missing one is not. */
    Optional<String> findEvenEmpty(String name) {
        return Optional.ofNullable(lookup.apply(name));
    }

    private static String environmentName(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}

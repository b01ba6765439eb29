package io.gonkapulse.servicekit.launch;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.env.CommandLinePropertySource;

/** Formats the name of a setting as the user wrote it, or would write it in the environment. */
final class SettingNameFormatter {

    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|credential|jaas).*");

    private SettingNameFormatter() {}

    /**
     * Returns the name in the spelling of its source, or of the environment if there is no value.
     *
     * @param where object that may know the origin of the value
     */
    static String format(String property, Object where) {
        @Nullable Origin origin = Origin.from(where);
        if (origin instanceof PropertySourceOrigin named && isArgument(named)) {
            return "--" + named.getPropertyName();
        }
        if (origin instanceof PropertySourceOrigin named && named.getOrigin() != null) {
            origin = named.getOrigin();
        }
        return origin instanceof SystemEnvironmentOrigin variable
                ? variable.getProperty()
                : toEnvironmentName(property);
    }

    private static boolean isArgument(PropertySourceOrigin origin) {
        return origin.getPropertySource() instanceof CommandLinePropertySource;
    }

    /** Spring reads {@code SAMPLE_BATCH_SIZE} and {@code SAMPLE_BATCHSIZE}; messages show the readable one. */
    static String toEnvironmentName(String property) {
        return property.replaceAll("[.\\[\\]-]+", "_").replaceFirst("_$", "").toUpperCase(Locale.ROOT);
    }

    static String toKebabCase(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** Formats a value for a message. Never shows a secret. */
    static String formatValue(String name, @Nullable Object value) {
        return SECRET.matcher(name).matches() ? "a hidden value" : "\"" + value + '"';
    }
}

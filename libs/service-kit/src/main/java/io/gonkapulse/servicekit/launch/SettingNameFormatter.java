package io.gonkapulse.servicekit.launch;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.env.CommandLinePropertySource;

/** A setting as its user wrote it, or would write it into the environment. */
final class SettingNameFormatter {

    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|credential|jaas).*");

    private SettingNameFormatter() {}

    /**
     * The name where the value came from; in the environment's spelling if there is no value.
     *
     * @param where what may know the origin of its value
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

    static String toEnvironmentName(String property) {
        return property.replaceAll("[.\\[\\]-]+", "_").replaceFirst("_$", "").toUpperCase(Locale.ROOT);
    }

    static String toKebabCase(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** A value in a message; a secret is never shown. */
    static String formatValue(String name, @Nullable Object value) {
        return SECRET.matcher(name).matches() ? "something else" : "\"" + value + '"';
    }
}

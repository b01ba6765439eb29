package io.gonkapulse.servicekit.launch;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.env.CommandLinePropertySource;

/** A setting as its user wrote it, or would write it into the environment. */
final class SettingName {

    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|credential|jaas).*");

    private SettingName() {}

    /**
     * The name where the value came from; in the environment's spelling if there is no value.
     *
     * @param where what may know the origin of its value
     */
    static String of(String property, Object where) {
        @Nullable Origin origin = Origin.from(where);
        if (origin instanceof PropertySourceOrigin named && isArgument(named)) {
            return "--" + named.getPropertyName();
        }
        if (origin instanceof PropertySourceOrigin named && named.getOrigin() != null) {
            origin = named.getOrigin();
        }
        return origin instanceof SystemEnvironmentOrigin variable ? variable.getProperty() : inEnvironment(property);
    }

    private static boolean isArgument(PropertySourceOrigin origin) {
        return origin.getPropertySource() instanceof CommandLinePropertySource;
    }

    static String inEnvironment(String property) {
        return property.replace("-", "")
                .replaceAll("[.\\[\\]]+", "_")
                .replaceFirst("_$", "")
                .toUpperCase(Locale.ROOT);
    }

    static String dashed(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** A value in a message; a secret is never shown. */
    static String shown(String name, @Nullable Object value) {
        return SECRET.matcher(name).matches() ? "something else" : "\"" + value + '"';
    }
}

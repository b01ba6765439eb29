package io.gonkapulse.servicekit.launch;

import io.gonkapulse.servicekit.settings.SettingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Finds the invalid or missing setting behind a failed startup, and names it as the user wrote it, or would write it in
 * the environment.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSettingAnalyzer implements SpringBootExceptionReporter {

    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|credential|jaas).*");

    InvalidSettingAnalyzer() {}

    /** Suppresses Spring's stack trace, because the program reports the failure in one line. */
    @Override
    public boolean reportException(Throwable failure) {
        return analyze(failure).isPresent();
    }

    /** Returns one line for the user, or nothing if no setting caused the failure. */
    static Optional<String> analyze(Throwable failure) {
        // Own messages come first, because they are the most specific ones.
        return findCause(failure, SettingException.class)
                .map(Throwable::getMessage)
                .or(() ->
                        findCause(failure, BindValidationException.class).map(InvalidSettingAnalyzer::describeInvalid))
                .or(() -> findCause(failure, BindException.class).map(InvalidSettingAnalyzer::describeUnreadable))
                .or(() -> findCause(failure, InvalidConfigurationPropertyValueException.class)
                        .map(wrong -> toEnvironmentName(wrong.getName()) + ": " + wrong.getReason()))
                .map(text -> text.replaceAll("\\s*\\R\\s*", " "));
    }

    private static String describeInvalid(BindValidationException failure) {
        ValidationErrors errors = failure.getValidationErrors();
        return errors.getAllErrors().stream()
                .map(error -> describeInvalid(errors.getName(), error))
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String describeInvalid(ConfigurationPropertyName prefix, ObjectError error) {
        if (error instanceof FieldError field) {
            String name = formatName(prefix + "." + toKebabCase(field.getField()), field);
            Object value = field.getRejectedValue();
            return value == null
                    ? name + " is missing: " + field.getDefaultMessage()
                    : name + ": " + field.getDefaultMessage() + ", got " + formatValue(name, value);
        }
        return toEnvironmentName(prefix.toString()) + "_…: " + error.getDefaultMessage();
    }

    private static String describeUnreadable(BindException failure) {
        @Nullable ConfigurationProperty property = failure.getProperty();
        if (property == null) {
            return toEnvironmentName(failure.getName().toString()) + ": " + rootMessage(failure);
        }
        String name = formatName(property.getName().toString(), property);
        if (findCause(failure, ConversionException.class).isEmpty()) {
            return name + ": " + rootMessage(failure);
        }
        return name + ": expected " + describeType(failure) + ", got " + formatValue(name, property.getValue());
    }

    private static String describeType(BindException failure) {
        @Nullable Class<?> type = failure.getTarget().getType().resolve();
        if (type == null) {
            return "a value of another type";
        }
        return switch (type.getName()) {
            case "java.time.Duration" -> "a duration such as 500ms, 30s or 5m";
            case "org.springframework.util.unit.DataSize" -> "a size such as 512KB or 4MB";
            case "int", "long", "java.lang.Integer", "java.lang.Long" -> "a whole number";
            case "boolean", "java.lang.Boolean" -> "true or false";
            default -> type.isEnum() ? oneOf(type) : "a " + type.getSimpleName();
        };
    }

    private static String oneOf(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    /**
     * Returns the name in the spelling of its source, or of the environment if there is no value.
     *
     * @param where object that may know the origin of the value
     */
    private static String formatName(String property, Object where) {
        @Nullable Origin origin = Origin.from(where);
        if (origin instanceof PropertySourceOrigin named
                && named.getPropertySource() instanceof CommandLinePropertySource) {
            return "--" + named.getPropertyName();
        }
        if (origin instanceof PropertySourceOrigin named && named.getOrigin() != null) {
            origin = named.getOrigin();
        }
        return origin instanceof SystemEnvironmentOrigin variable
                ? variable.getProperty()
                : toEnvironmentName(property);
    }

    /** Spring reads {@code SAMPLE_BATCH_SIZE} and {@code SAMPLE_BATCHSIZE}; messages show the readable one. */
    static String toEnvironmentName(String property) {
        return property.replaceAll("[.\\[\\]-]+", "_").replaceFirst("_$", "").toUpperCase(Locale.ROOT);
    }

    private static String toKebabCase(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** Never shows a secret. */
    private static String formatValue(String name, @Nullable Object value) {
        return SECRET.matcher(name).matches() ? "a hidden value" : "\"" + value + '"';
    }

    private static String rootMessage(Throwable failure) {
        return String.valueOf(
                causes(failure).reduce((outer, inner) -> inner).orElse(failure).getMessage());
    }

    private static <T extends Throwable> Optional<T> findCause(Throwable failure, Class<T> type) {
        return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, next -> next != null, Throwable::getCause);
    }
}

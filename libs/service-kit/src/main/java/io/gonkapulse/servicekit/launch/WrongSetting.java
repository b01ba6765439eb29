package io.gonkapulse.servicekit.launch;

import io.gonkapulse.servicekit.settings.SettingException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.convert.ConversionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Finds, in why a service did not start, the setting that its user can mend. */
final class WrongSetting {

    private WrongSetting() {}

    /** One line, or nothing where no setting is to blame. */
    static Optional<String> explain(Throwable failure) {
        return first(failure, SettingException.class)
                .map(Throwable::getMessage)
                .or(() -> first(failure, BindValidationException.class).map(WrongSetting::invalid))
                .or(() -> first(failure, BindException.class).map(WrongSetting::unreadable))
                .or(() -> first(failure, InvalidConfigurationPropertyValueException.class)
                        .map(wrong -> SettingName.inEnvironment(wrong.getName()) + ": " + wrong.getReason()))
                .map(text -> text.replaceAll("\\s*\\R\\s*", " "));
    }

    private static String invalid(BindValidationException failure) {
        ValidationErrors errors = failure.getValidationErrors();
        return errors.getAllErrors().stream()
                .map(error -> invalid(errors.getName(), error))
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String invalid(ConfigurationPropertyName prefix, ObjectError error) {
        if (error instanceof FieldError field) {
            String name = SettingName.of(prefix + "." + SettingName.dashed(field.getField()), field);
            Object value = field.getRejectedValue();
            return value == null
                    ? name + " is missing: " + field.getDefaultMessage()
                    : name + ": " + field.getDefaultMessage() + ", got " + SettingName.shown(name, value);
        }
        return SettingName.inEnvironment(prefix.toString()) + "_…: " + error.getDefaultMessage();
    }

    private static String unreadable(BindException failure) {
        @Nullable ConfigurationProperty property = failure.getProperty();
        if (property == null) {
            return SettingName.inEnvironment(failure.getName().toString()) + ": " + rootMessage(failure);
        }
        String name = SettingName.of(property.getName().toString(), property);
        if (first(failure, ConversionException.class).isEmpty()) {
            return name + ": " + rootMessage(failure);
        }
        return name + ": expected " + expected(failure) + ", got " + SettingName.shown(name, property.getValue());
    }

    private static String expected(BindException failure) {
        @Nullable Class<?> type = failure.getTarget().getType().resolve();
        if (type == null) {
            return "another kind of value";
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

    private static String rootMessage(Throwable failure) {
        return String.valueOf(
                chain(failure).reduce((outer, inner) -> inner).orElse(failure).getMessage());
    }

    private static <T extends Throwable> Optional<T> first(Throwable failure, Class<T> type) {
        return chain(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, next -> next != null, Throwable::getCause);
    }
}

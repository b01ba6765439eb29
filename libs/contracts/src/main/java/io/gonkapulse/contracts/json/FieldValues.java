package io.gonkapulse.contracts.json;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decoded values of one message. A getter without {@code …OrNull} throws if the field is missing.
 *
 * <p>Numbers are in an array of their own, so that they are not boxed.
 */
final class FieldValues {

    private final long[] numbers;
    private final @Nullable Object[] objects;
    private long present;

    FieldValues(int fields) {
        numbers = new long[fields];
        objects = new Object[fields];
    }

    /** One bit for each field, so a message may have up to 64 fields. */
    boolean has(MessageField field) {
        return (present >>> field.ordinal() & 1) != 0;
    }

    void put(MessageField field, long number) {
        numbers[field.ordinal()] = number;
        present |= 1L << field.ordinal();
    }

    void put(MessageField field, Object value) {
        objects[field.ordinal()] = value;
        present |= 1L << field.ordinal();
    }

    long integer(MessageField field) {
        requirePresent(field);
        return numbers[field.ordinal()];
    }

    @Nullable
    Long integerOrNull(MessageField field) {
        return has(field) ? (Long) numbers[field.ordinal()] : null;
    }

    Duration millis(MessageField field) {
        return Duration.ofMillis(integer(field));
    }

    boolean flag(MessageField field) {
        return integer(field) == 1;
    }

    @Nullable
    Boolean flagOrNull(MessageField field) {
        return has(field) ? (Boolean) flag(field) : null;
    }

    String text(MessageField field) {
        return (String) object(field);
    }

    @Nullable
    String textOrNull(MessageField field) {
        return (String) objects[field.ordinal()];
    }

    <E extends Enum<E>> E enumValue(MessageField field, Class<E> type) {
        String word = text(field);
        E value = EnumWordConverter.parse(type, word);
        if (value == null) {
            throw UndecodableMessageException.badField(
                    field, "one of " + EnumWordConverter.words(type), '"' + word + '"');
        }
        return value;
    }

    Instant instant(MessageField field) {
        return (Instant) object(field);
    }

    @Nullable
    Instant instantOrNull(MessageField field) {
        return (Instant) objects[field.ordinal()];
    }

    Ngonka amount(MessageField field) {
        return (Ngonka) object(field);
    }

    @Nullable
    BigDecimal decimalOrNull(MessageField field) {
        return (BigDecimal) objects[field.ordinal()];
    }

    @SuppressWarnings("unchecked") // JsonFieldReader stores only this type for such a field
    Map<String, Long> counts(MessageField field) {
        return (Map<String, Long>) object(field);
    }

    /** All values, to compare two readers of one message in tests. */
    List<?> allValues() {
        return List.of(present, Arrays.toString(numbers), Arrays.toString(objects));
    }

    private Object object(MessageField field) {
        requirePresent(field);
        return requireNonNull(objects[field.ordinal()]);
    }

    private void requirePresent(MessageField field) {
        if (!has(field)) {
            throw UndecodableMessageException.missingField(field);
        }
    }
}

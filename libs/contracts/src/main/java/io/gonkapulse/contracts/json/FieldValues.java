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

/** What a message said, field by field. Asking for a field without {@code …OrNull} means that it must be there. */
final class FieldValues {

    private final long[] numbers;
    private final @Nullable Object[] objects;
    private long present;

    FieldValues(int fields) {
        numbers = new long[fields];
        objects = new Object[fields];
    }

    boolean has(Field field) {
        return (present >>> field.ordinal() & 1) != 0;
    }

    void put(Field field, long number) {
        numbers[field.ordinal()] = number;
        present |= 1L << field.ordinal();
    }

    void put(Field field, Object value) {
        objects[field.ordinal()] = value;
        present |= 1L << field.ordinal();
    }

    long whole(Field field) {
        require(field);
        return numbers[field.ordinal()];
    }

    @Nullable
    Long wholeOrNull(Field field) {
        return has(field) ? (Long) numbers[field.ordinal()] : null;
    }

    Duration millis(Field field) {
        return Duration.ofMillis(whole(field));
    }

    boolean flag(Field field) {
        return whole(field) == 1;
    }

    @Nullable
    Boolean flagOrNull(Field field) {
        return has(field) ? (Boolean) flag(field) : null;
    }

    String text(Field field) {
        return (String) object(field);
    }

    @Nullable
    String textOrNull(Field field) {
        return (String) objects[field.ordinal()];
    }

    <E extends Enum<E>> E word(Field field, Class<E> type) {
        String word = text(field);
        E value = Words.read(type, word);
        if (value == null) {
            throw UndecodableMessageException.badField(field, "one of " + Words.all(type), '"' + word + '"');
        }
        return value;
    }

    Instant instant(Field field) {
        return (Instant) object(field);
    }

    @Nullable
    Instant instantOrNull(Field field) {
        return (Instant) objects[field.ordinal()];
    }

    Ngonka amount(Field field) {
        return (Ngonka) object(field);
    }

    @Nullable
    BigDecimal decimalOrNull(Field field) {
        return (BigDecimal) objects[field.ordinal()];
    }

    @SuppressWarnings("unchecked") // FieldReader puts nothing else under a field of this type
    Map<String, Long> counts(Field field) {
        return (Map<String, Long>) object(field);
    }

    /** For comparing two readings of one message. */
    List<?> everything() {
        return List.of(present, Arrays.toString(numbers), Arrays.toString(objects));
    }

    private Object object(Field field) {
        require(field);
        return requireNonNull(objects[field.ordinal()]);
    }

    private void require(Field field) {
        if (!has(field)) {
            throw UndecodableMessageException.missing(field);
        }
    }
}

package io.gonkapulse.contracts.json;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.job.JobLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The values of one message, whichever reader read it. A getter without {@code …OrNull} throws {@link
 * UndecodableMessageException} if the field is missing.
 */
interface FieldValues {

    /** Characters of a UUID. */
    int UUID_LENGTH = 36;

    boolean has(MessageField field);

    long integer(MessageField field);

    String text(MessageField field);

    List<String> texts(MessageField field);

    Instant instant(MessageField field);

    Ngonka amount(MessageField field);

    BigDecimal decimal(MessageField field);

    default NodeIdentifier node(MessageField field) {
        return new NodeIdentifier(text(field));
    }

    default TrackerName tracker(MessageField field) {
        return new TrackerName(text(field));
    }

    default boolean flag(MessageField field) {
        return integer(field) == 1;
    }

    default Duration millis(MessageField field) {
        return Duration.ofMillis(integer(field));
    }

    /** In the usual form of 36 characters only. */
    default UUID uuid(MessageField field) {
        String text = text(field);
        if (text.length() == UUID_LENGTH) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                // Falls through to the message that names the field.
            }
        }
        throw UndecodableMessageException.badField(
                field, "a UUID", '"' + JobLimits.truncate(text, 2 * UUID_LENGTH) + '"');
    }

    default <E extends Enum<E>> E enumValue(MessageField field, Class<E> type) {
        String word = text(field);
        E value = EnumWordConverter.parse(type, word);
        if (value == null) {
            throw UndecodableMessageException.badField(
                    field, "one of " + EnumWordConverter.words(type), '"' + word + '"');
        }
        return value;
    }

    default @Nullable Long integerOrNull(MessageField field) {
        return has(field) ? (Long) integer(field) : null;
    }

    default @Nullable Boolean flagOrNull(MessageField field) {
        return has(field) ? (Boolean) flag(field) : null;
    }

    default @Nullable String textOrNull(MessageField field) {
        return has(field) ? text(field) : null;
    }

    default List<String> textsOrEmpty(MessageField field) {
        return has(field) ? texts(field) : List.of();
    }

    default @Nullable Instant instantOrNull(MessageField field) {
        return has(field) ? instant(field) : null;
    }

    default @Nullable BigDecimal decimalOrNull(MessageField field) {
        return has(field) ? decimal(field) : null;
    }

    default void requirePresent(MessageField field) {
        if (!has(field)) {
            throw UndecodableMessageException.missingField(field);
        }
    }
}

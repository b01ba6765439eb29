package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gonkapulse.contracts.Ngonka;
import java.time.DateTimeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages that stand byte for byte as {@link FieldWriter} writes them: fields in their order, no white space,
 * ASCII without escapes. It knows what comes next, so it need not look for it. Whatever stands otherwise it leaves to
 * {@link FieldReader}, which alone may refuse; what both read, both read alike.
 */
final class CanonicalReader {

    private static final int SURELY_A_LONG = 18;

    private final Field[] fields;
    private final byte[][] names;
    private final WordCache words = new WordCache();

    CanonicalReader(Field[] fields) {
        this.fields = fields.clone();
        this.names = Arrays.stream(fields)
                .map(field -> (",\"" + field.jsonName() + "\":").getBytes(ISO_8859_1))
                .toArray(byte[][]::new);
        names[0][0] = '{';
    }

    /** Null leaves the message to the other reader. */
    @Nullable
    FieldValues read(byte[] json) {
        Cursor cursor = new Cursor(json);
        FieldValues values = new FieldValues(fields.length);
        for (int i = 0; i < fields.length; i++) {
            if (cursor.skips(names[i]) && !reads(cursor, fields[i], values)) {
                return null;
            }
        }
        boolean known = values.has(fields[0]) && values.whole(fields[0]) == FieldReader.VERSION;
        return known && cursor.endsWith('}') ? values : null;
    }

    private boolean reads(Cursor cursor, Field field, FieldValues values) {
        return switch (field.type()) {
            case TEXT -> readsText(cursor, field, values);
            case WORD -> readsWord(cursor, field, values);
            case WHOLE -> readsWhole(cursor, field, values);
            case AMOUNT -> readsAmount(cursor, field, values);
            case INSTANT -> readsInstant(cursor, field, values);
            case FLAG -> readsFlag(cursor, field, values);
            case DECIMAL, COUNTS -> false;
        };
    }

    private static boolean readsText(Cursor cursor, Field field, FieldValues values) {
        if (!cursor.skipsString()) {
            return false;
        }
        values.put(field, new String(cursor.json(), cursor.from, cursor.to - cursor.from, ISO_8859_1));
        return true;
    }

    private boolean readsWord(Cursor cursor, Field field, FieldValues values) {
        if (!cursor.skipsString()) {
            return false;
        }
        values.put(field, words.of(cursor.json(), cursor.from, cursor.to));
        return true;
    }

    private static boolean readsWhole(Cursor cursor, Field field, FieldValues values) {
        int digits = cursor.skipDigits();
        boolean leadingZero = digits > 1 && cursor.json()[cursor.from] == '0';
        if (digits == 0 || digits > SURELY_A_LONG || leadingZero || !cursor.standsAtEndOfValue()) {
            return false;
        }
        values.put(field, cursor.number());
        return true;
    }

    private static boolean readsAmount(Cursor cursor, Field field, FieldValues values) {
        if (!cursor.skips('"')) {
            return false;
        }
        int digits = cursor.skipDigits();
        if (digits == 0 || digits > SURELY_A_LONG || !cursor.skips('"')) {
            return false;
        }
        values.put(field, Ngonka.of(cursor.number()));
        return true;
    }

    private static boolean readsInstant(Cursor cursor, Field field, FieldValues values) {
        if (!cursor.skipsString()) {
            return false;
        }
        try {
            values.put(field, Timestamps.parse(cursor.json(), cursor.from, cursor.to - cursor.from));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean readsFlag(Cursor cursor, Field field, FieldValues values) {
        boolean flag = cursor.skips(Cursor.TRUE);
        if (!flag && !cursor.skips(Cursor.FALSE)) {
            return false;
        }
        values.put(field, flag ? 1 : 0);
        return true;
    }
}

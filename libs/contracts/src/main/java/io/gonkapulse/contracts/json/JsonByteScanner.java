package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A position in canonical JSON. Its methods compare and skip eight bytes at a time where they can, and do not allocate.
 * For one thread.
 */
final class JsonByteScanner {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_LONG_DIGITS = 18;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final long SPACES = 0x2020202020202020L;
    private static final long QUOTATION_MARKS = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;

    private byte[] bytes = {};
    private int position;
    private int end;

    /** Continues at another message, in the bytes from {@code from} to {@code to}. */
    void reset(byte[] message, int from, int to) {
        bytes = message;
        position = from;
        end = to;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    boolean skip(FieldStart expected) {
        if (!expected.matches(bytes, position, end)) {
            return false;
        }
        position += expected.length();
        return true;
    }

    boolean skip(char expected) {
        if (position >= end || bytes[position] != expected) {
            return false;
        }
        position++;
        return true;
    }

    boolean isAtLast(char expected) {
        return position == end - 1 && bytes[position] == expected;
    }

    /**
     * Moves behind the closing quotation mark and returns its offset; -1 if another character than printable ASCII
     * without escapes comes first.
     */
    int skipText() {
        int quote = findClosingQuote();
        position = quote + 1;
        return quote;
    }

    /**
     * Returns -1 unless an integer of at most 18 digits follows, without leading zeros and with the end of a value
     * behind it.
     */
    long readInteger() {
        int from = position;
        long number = readDigits();
        return hasLeadingZero(from) || !isAtValueEnd() ? -1 : number;
    }

    /** Returns -1 unless at most 18 digits follow. Leading zeros are allowed. */
    long readDigits() {
        byte[] text = bytes;
        int i = position;
        long number = 0;
        while (i < end && text[i] >= '0' && text[i] <= '9') {
            number = number * 10 + (text[i++] - '0');
        }
        int count = i - position;
        position = i;
        return count == 0 || count > MAX_LONG_DIGITS ? -1 : number;
    }

    /** Skips a decimal number of at most 18 digits without an exponent. */
    boolean skipDecimal() {
        int from = position;
        if (readDigits() < 0 || hasLeadingZero(from)) {
            return false;
        }
        if (skip('.') && (readDigits() < 0 || position - from - 1 > MAX_LONG_DIGITS)) {
            return false;
        }
        return isAtValueEnd();
    }

    private boolean hasLeadingZero(int from) {
        return position - from > 1 && bytes[from] == '0';
    }

    private boolean isAtValueEnd() {
        return position < end && (bytes[position] == ',' || bytes[position] == '}');
    }

    private int findClosingQuote() {
        int at = position;
        while (end - at >= Long.BYTES) {
            long special = specialBits((long) LONG.get(bytes, at));
            if (special != 0) {
                int first = at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
                return bytes[first] == '"' ? first : -1;
            }
            at += Long.BYTES;
        }
        while (at < end) {
            byte next = bytes[at];
            if (next < ' ' || next == '"' || next == '\\') {
                return next == '"' ? at : -1;
            }
            at++;
        }
        return -1;
    }

    /**
     * Sets a bit in the first byte that is no plain character. Bits above the lowest one may be wrong, because the
     * subtraction carries into higher bytes.
     */
    private static long specialBits(long eightBytes) {
        return (zeroByteBits(eightBytes ^ QUOTATION_MARKS)
                        | zeroByteBits(eightBytes ^ BACKSLASHES)
                        | ((eightBytes - SPACES) & ~eightBytes)
                        | eightBytes)
                & HIGHEST_BITS;
    }

    private static long zeroByteBits(long eightBytes) {
        return (eightBytes - ONES) & ~eightBytes;
    }

    /**
     * The 8 to 24 bytes before the value of a field, compared as overlapping {@code long} values. It is a record,
     * because the JIT compiler treats the components of a static final record as constants.
     *
     * @param index the ordinal of the field
     */
    record FieldStart(int index, long first, long middle, long last, int length) {

        static FieldStart of(MessageField field) {
            boolean quoted = switch (field.type()) {
                case TEXT, SHARED_TEXT, AMOUNT, INSTANT -> true;
                case INTEGER, DECIMAL, FLAG, COUNTS, TEXTS, OBJECT, OBJECTS, JSON -> false;
            };
            return of(field, ",\"" + field.jsonName() + (quoted ? "\":\"" : "\":"));
        }

        static FieldStart of(MessageField field, String ascii) {
            byte[] bytes = ascii.getBytes(ISO_8859_1);
            if (bytes.length < Long.BYTES || bytes.length > 3 * Long.BYTES) {
                throw new IllegalArgumentException("Expected 8 to 24 bytes, got " + ascii);
            }
            int last = bytes.length - Long.BYTES;
            return new FieldStart(
                    field.ordinal(),
                    (long) LONG.get(bytes, 0),
                    (long) LONG.get(bytes, Math.min(Long.BYTES, last)),
                    (long) LONG.get(bytes, last),
                    bytes.length);
        }

        private boolean matches(byte[] text, int offset, int end) {
            return end - offset >= length
                    && (long) LONG.get(text, offset) == first
                    && (long) LONG.get(text, offset + length - Long.BYTES) == last
                    && (length <= 2 * Long.BYTES || (long) LONG.get(text, offset + Long.BYTES) == middle);
        }
    }
}

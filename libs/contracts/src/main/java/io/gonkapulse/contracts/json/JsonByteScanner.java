package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * A position in the bytes of a message. The last token lies between {@code tokenStart} and {@code tokenEnd}. Its
 * methods do not allocate.
 */
final class JsonByteScanner {

    static final byte[] TRUE = "true".getBytes(ISO_8859_1);
    static final byte[] FALSE = "false".getBytes(ISO_8859_1);

    int tokenStart;
    int tokenEnd;
    private byte[] json;
    private int position;

    JsonByteScanner(byte[] json) {
        this.json = json;
    }

    /** Continues at the start of another message. */
    void reset(byte[] other) {
        json = other;
        position = 0;
    }

    byte[] json() {
        return json;
    }

    boolean skip(byte[] expected) {
        int end = position + expected.length;
        // The third byte of two field names usually differs, which avoids most full comparisons.
        if (end > json.length
                || json[position + 2] != expected[2]
                || !Arrays.equals(json, position, end, expected, 0, expected.length)) {
            return false;
        }
        position = end;
        return true;
    }

    boolean skip(char expected) {
        if (position >= json.length || json[position] != expected) {
            return false;
        }
        position++;
        return true;
    }

    /** Skips a string of printable ASCII without escapes. */
    boolean skipString() {
        if (!skip('"')) {
            return false;
        }
        tokenStart = position;
        for (int i = position; i < json.length; i++) {
            byte next = json[i];
            if (next == '"') {
                tokenEnd = i;
                position = i + 1;
                return true;
            }
            if (next < ' ' || next == '\\') {
                return false;
            }
        }
        return false;
    }

    /** Returns the number of digits. */
    int skipDigits() {
        tokenStart = position;
        while (position < json.length && json[position] >= '0' && json[position] <= '9') {
            position++;
        }
        tokenEnd = position;
        return tokenEnd - tokenStart;
    }

    /** The value of the digits that were skipped last. */
    long parseToken() {
        long number = 0;
        for (int i = tokenStart; i < tokenEnd; i++) {
            number = number * 10 + (json[i] - '0');
        }
        return number;
    }

    boolean isAtValueEnd() {
        return position < json.length && (json[position] == ',' || json[position] == '}');
    }

    boolean isAtLastByte(char expected) {
        return position == json.length - 1 && json[position] == expected;
    }
}

package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** A place in the bytes of a message; what was skipped last lies between {@code from} and {@code to}. */
final class Cursor {

    static final byte[] TRUE = "true".getBytes(ISO_8859_1);
    static final byte[] FALSE = "false".getBytes(ISO_8859_1);

    int from;
    int to;
    private byte[] json;
    private int at;

    Cursor(byte[] json) {
        this.json = json;
    }

    /** Begins at the beginning of another message. */
    void over(byte[] other) {
        json = other;
        at = 0;
    }

    byte[] json() {
        return json;
    }

    boolean skips(byte[] expected) {
        int end = at + expected.length;
        // Names differ early: their third byte spares most of the comparisons.
        if (end > json.length
                || json[at + 2] != expected[2]
                || !Arrays.equals(json, at, end, expected, 0, expected.length)) {
            return false;
        }
        at = end;
        return true;
    }

    boolean skips(char expected) {
        if (at >= json.length || json[at] != expected) {
            return false;
        }
        at++;
        return true;
    }

    /** A string of printable ASCII without escapes. */
    boolean skipsString() {
        if (!skips('"')) {
            return false;
        }
        from = at;
        for (int i = at; i < json.length; i++) {
            byte next = json[i];
            if (next == '"') {
                to = i;
                at = i + 1;
                return true;
            }
            if (next < ' ' || next == '\\') {
                return false;
            }
        }
        return false;
    }

    /** How many digits there were. */
    int skipDigits() {
        from = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        to = at;
        return to - from;
    }

    /** The digits that were skipped last. */
    long number() {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (json[i] - '0');
        }
        return number;
    }

    boolean standsAtEndOfValue() {
        return at < json.length && (json[at] == ',' || json[at] == '}');
    }

    boolean endsWith(char expected) {
        return at == json.length - 1 && json[at] == expected;
    }
}

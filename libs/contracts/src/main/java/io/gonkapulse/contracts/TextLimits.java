package io.gonkapulse.contracts;

/** Limits the length of external text: in fields, and where an error message quotes it. */
final class TextLimits {

    private static final int MAX_QUOTE_LENGTH = 90;

    private TextLimits() {}

    static String shorten(String text) {
        return text.length() <= MAX_QUOTE_LENGTH ? text : text.substring(0, MAX_QUOTE_LENGTH) + "…";
    }

    static String requireMaxLength(int maxLength, String text, String name) {
        if (text.length() > maxLength) {
            throw new IllegalArgumentException(
                    "Expected " + name + " of at most " + maxLength + " characters, got " + text.length());
        }
        return text;
    }
}

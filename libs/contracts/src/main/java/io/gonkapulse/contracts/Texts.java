package io.gonkapulse.contracts;

/** What comes from outside is quoted in messages, but never at full length. */
final class Texts {

    private static final int LONGEST_QUOTE = 90;

    private Texts() {}

    static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    static String requireAtMost(int length, String text, String what) {
        if (text.length() > length) {
            throw new IllegalArgumentException(
                    "Expected " + what + " of at most " + length + " characters, got " + text.length());
        }
        return text;
    }
}

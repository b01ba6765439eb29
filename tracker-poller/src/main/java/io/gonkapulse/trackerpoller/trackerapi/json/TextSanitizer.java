package io.gonkapulse.trackerpoller.trackerapi.json;

import org.jspecify.annotations.Nullable;

/** Makes foreign text safe to store and show: no control characters, limited length. */
public final class TextSanitizer {

    private TextSanitizer() {}

    /** Null when nothing remains. */
    public static @Nullable String sanitize(String text, int longest) {
        String cleaned = isClean(text) ? text : clean(text);
        String shown = cut(cleaned.strip(), longest);
        return shown.isEmpty() ? null : shown;
    }

    /** Most texts are printable ASCII and need no copy. */
    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String clean(String text) {
        StringBuilder cleaned = new StringBuilder(text.length());
        text.codePoints().filter(TextSanitizer::isHarmless).forEach(cleaned::appendCodePoint);
        return cleaned.toString();
    }

    private static boolean isHarmless(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL && type != Character.SURROGATE && !isDirectionMark(character);
    }

    /** Bidirectional marks, which could reverse the text that follows them. */
    private static boolean isDirectionMark(int character) {
        return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    }

    /** Never splits a surrogate pair. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end).strip();
    }
}

package io.gonkapulse.trackerpoller.trackerapi.json;

import org.jspecify.annotations.Nullable;

/** Makes a stranger's text fit to be stored and shown: nothing in it that controls, and no more of it than there is room. */
public final class TextSanitizer {

    private TextSanitizer() {}

    /** Null when nothing is left. */
    public static @Nullable String sanitize(String text, int longest) {
        String kept = isClean(text) ? text : clean(text);
        String shown = cut(kept.strip(), longest);
        return shown.isEmpty() ? null : shown;
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String clean(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(TextSanitizer::isHarmless).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isHarmless(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL && type != Character.SURROGATE && !isDirectionMark(character);
    }

    /** Marks that make what follows read backwards. */
    private static boolean isDirectionMark(int character) {
        return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end).strip();
    }
}

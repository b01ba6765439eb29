package io.gonkapulse.jobreporter;

import org.jspecify.annotations.Nullable;

/** Replaces the characters that no database stores, because texts of errors may contain anything. */
final class StorableText {

    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    static @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : clean(text);
    }

    static String clean(String text) {
        StringBuilder cleaned = null;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (character == 0 || Character.isSurrogate(character)) {
                cleaned = cleaned == null ? new StringBuilder(text) : cleaned;
                cleaned.setCharAt(i, REPLACEMENT);
            }
        }
        return cleaned == null ? text : cleaned.toString();
    }
}

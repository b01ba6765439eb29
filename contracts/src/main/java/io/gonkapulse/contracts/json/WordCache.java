package io.gonkapulse.contracts.json;

import org.jspecify.annotations.Nullable;

/**
 * The few strings that nearly every record repeats (names of trackers, polls, models), so that a batch of thousands holds
 * each once. Threads may race on a slot: a string is immutable, and the loser makes one more.
 */
final class WordCache {

    private static final int SLOTS = 512;
    private static final int LONGEST = 64;

    private final @Nullable String[] slots = new String[SLOTS];

    String of(char[] text, int offset, int length) {
        if (length > LONGEST) {
            return new String(text, offset, length);
        }
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + text[i];
        }
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        String cached = slots[slot];
        if (cached == null || !same(cached, text, offset, length)) {
            cached = new String(text, offset, length);
            slots[slot] = cached;
        }
        return cached;
    }

    private static boolean same(String cached, char[] text, int offset, int length) {
        if (cached.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (cached.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}

package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The few strings that nearly every record repeats (names of trackers, polls, models), so that a batch of thousands holds
 * each once. Threads may race on a slot: a word is immutable, and the loser makes one more.
 */
final class WordCache {

    private static final int SLOTS = 512;

    private final @Nullable Word[] slots = new Word[SLOTS];

    /** The word of these ASCII bytes. */
    String of(byte[] text, int from, int to) {
        int slot = slot(text, from, to);
        Word cached = slots[slot];
        if (cached == null || !Arrays.equals(cached.bytes, 0, cached.bytes.length, text, from, to)) {
            cached = new Word(Arrays.copyOfRange(text, from, to));
            slots[slot] = cached;
        }
        return cached.text;
    }

    /** A few bytes tell most words apart; the comparison tells the rest. */
    private static int slot(byte[] text, int from, int to) {
        int length = to - from;
        if (length < 2) {
            return length;
        }
        int hash = ((length * 31 + text[from]) * 31 + text[from + length / 2]) * 31 + text[to - 1];
        return (hash * 31 + text[to - 2]) & SLOTS - 1;
    }

    private static final class Word {

        private final byte[] bytes;
        private final String text;

        Word(byte[] bytes) {
            this.bytes = bytes;
            this.text = new String(bytes, ISO_8859_1);
        }
    }
}

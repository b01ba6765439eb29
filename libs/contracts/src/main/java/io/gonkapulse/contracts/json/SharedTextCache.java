package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The strings that most records repeat: names of trackers, polls and models. A batch of thousands of records then holds
 * each string once. Threads may race on a slot: strings are immutable, and the second thread creates one more.
 */
final class SharedTextCache {

    private static final int SLOT_BITS = 9;
    private static final int SLOTS = 1 << SLOT_BITS;
    /** Odd and without a pattern, so that every bit of a text changes the upper bits of the hash. */
    private static final long HASH_MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable CachedText[] slots = new CachedText[SLOTS];

    /** Returns the string of these ASCII bytes. */
    String get(byte[] text, int from, int to) {
        int slot = slot(text, from, to);
        CachedText cached = slots[slot];
        if (cached == null || !Arrays.equals(cached.bytes, 0, cached.bytes.length, text, from, to)) {
            cached = new CachedText(Arrays.copyOfRange(text, from, to));
            slots[slot] = cached;
        }
        return cached.text;
    }

    /**
     * Hashes the first and the last eight bytes: poll ids differ at the end, models differ at the start. The comparison
     * of all bytes decides.
     */
    private static int slot(byte[] text, int from, int to) {
        int length = to - from;
        if (length < Long.BYTES) {
            int hash = length;
            for (int i = from; i < to; i++) {
                hash = hash * 31 + text[i];
            }
            return hash & SLOTS - 1;
        }
        long mixed = ((long) LONG.get(text, from) * HASH_MULTIPLIER + (long) LONG.get(text, to - Long.BYTES) + length)
                * HASH_MULTIPLIER;
        return (int) (mixed >>> (Long.SIZE - SLOT_BITS));
    }

    private static final class CachedText {

        private final byte[] bytes;
        private final String text;

        CachedText(byte[] bytes) {
            this.bytes = bytes;
            this.text = new String(bytes, ISO_8859_1);
        }
    }
}

package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that many records repeat, such as names of trackers and models: parsed once, and held once by a batch of
 * thousands of records. Each slot holds one value; two values with the same hash replace each other, which costs time
 * only. For one thread.
 */
final class ParsedValueCache<T> {

    /** Odd and without a pattern, so that every bit of a text changes the upper bits of the hash. */
    private static final long HASH_MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable Entry<T>[] slots;
    private final int hashShift;
    /** Checked first, because consecutive records often repeat a value. */
    private @Nullable Entry<T> last;

    private final Function<String, T> parser;

    /** The cache has 2<sup>bits</sup> slots. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no other way to create an array of a generic type
    ParsedValueCache(int bits, Function<String, T> parser) {
        this.slots = new Entry[1 << bits];
        this.hashShift = Long.SIZE - bits;
        this.parser = parser;
    }

    /** Returns the value of these ASCII bytes; throws what the parser throws. */
    T get(byte[] text, int from, int to) {
        Entry<T> latest = last;
        if (latest != null && Arrays.equals(latest.bytes, 0, latest.bytes.length, text, from, to)) {
            return latest.value;
        }
        int slot = slot(text, from, to);
        Entry<T> entry = slots[slot];
        if (entry == null || !Arrays.equals(entry.bytes, 0, entry.bytes.length, text, from, to)) {
            entry = new Entry<>(Arrays.copyOfRange(text, from, to), parser);
            slots[slot] = entry;
        }
        last = entry;
        return entry.value;
    }

    /**
     * Hashes the first and the last eight bytes: addresses and poll ids differ at the end, models at the start. The
     * comparison of all bytes decides.
     */
    private int slot(byte[] text, int from, int to) {
        int length = to - from;
        long first = 0;
        long last = 0;
        if (length >= Long.BYTES) {
            first = (long) LONG.get(text, from);
            last = (long) LONG.get(text, to - Long.BYTES);
        } else {
            for (int i = from; i < to; i++) {
                last = last << Byte.SIZE | text[i];
            }
        }
        return (int) (((first * HASH_MULTIPLIER + last + length) * HASH_MULTIPLIER) >>> hashShift);
    }

    private static final class Entry<T> {

        private final byte[] bytes;
        private final T value;

        Entry(byte[] bytes, Function<String, T> parser) {
            this.bytes = bytes;
            this.value = parser.apply(new String(bytes, ISO_8859_1));
        }
    }
}

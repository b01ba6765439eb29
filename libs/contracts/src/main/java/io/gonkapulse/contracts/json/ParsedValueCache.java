package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that many records repeat, each made and verified once. A slot holds one value; two that meet in it push each
 * other out, which costs time and nothing else. Threads may race: a value is immutable, and the loser makes one more.
 */
final class ParsedValueCache<T> {

    private final @Nullable Entry<T>[] slots;
    private final Function<String, T> parser;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise
    ParsedValueCache(int slotCount, Function<String, T> parser) {
        this.slots = new Entry[Integer.highestOneBit(slotCount)];
        this.parser = parser;
    }

    /** The value of these ASCII bytes; what the maker throws for them is thrown. */
    T get(byte[] text, int from, int to) {
        int slot = slot(text, from, to);
        Entry<T> entry = slots[slot];
        if (entry == null || !Arrays.equals(entry.bytes, 0, entry.bytes.length, text, from, to)) {
            entry = new Entry<>(Arrays.copyOfRange(text, from, to), parser);
            slots[slot] = entry;
        }
        return entry.value;
    }

    /** The end of an address is its checksum, and differs most. */
    private int slot(byte[] text, int from, int to) {
        int hash = to - from;
        for (int i = Math.max(from, to - 8); i < to; i++) {
            hash = hash * 31 + text[i];
        }
        return (hash ^ hash >>> 15) & slots.length - 1;
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

package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Parsed values that many records repeat. Each slot holds one value; two values with the same hash replace each other,
 * which costs time only. Threads may race on a slot: values are immutable, and the second thread parses once more.
 */
final class ParsedValueCache<T> {

    private final @Nullable Entry<T>[] slots;
    private final Function<String, T> parser;

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no other way to create an array of a generic type
    ParsedValueCache(int slotCount, Function<String, T> parser) {
        this.slots = new Entry[Integer.highestOneBit(slotCount)];
        this.parser = parser;
    }

    /** Returns the value of these ASCII bytes; throws what the parser throws. */
    T get(byte[] text, int from, int to) {
        int slot = slot(text, from, to);
        Entry<T> entry = slots[slot];
        if (entry == null || !Arrays.equals(entry.bytes, 0, entry.bytes.length, text, from, to)) {
            entry = new Entry<>(Arrays.copyOfRange(text, from, to), parser);
            slots[slot] = entry;
        }
        return entry.value;
    }

    /** Hashes the last eight bytes: the end of an address is its checksum and differs most. */
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

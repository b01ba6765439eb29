package io.gonkapulse.jobrecorder.merge;

import org.jspecify.annotations.Nullable;

/** A value and the place of the event that reported it. */
record KeyedValue<K extends Comparable<K>, T>(K key, T value) {

    /** The one with the smallest key. */
    static <K extends Comparable<K>, T> @Nullable KeyedValue<K, T> first(
            @Nullable KeyedValue<K, T> kept, K key, @Nullable T value) {
        return value == null || (kept != null && kept.key.compareTo(key) <= 0) ? kept : new KeyedValue<>(key, value);
    }

    /** The one with the largest key. */
    static <K extends Comparable<K>, T> @Nullable KeyedValue<K, T> last(
            @Nullable KeyedValue<K, T> kept, K key, @Nullable T value) {
        return value == null || (kept != null && kept.key.compareTo(key) >= 0) ? kept : new KeyedValue<>(key, value);
    }
}

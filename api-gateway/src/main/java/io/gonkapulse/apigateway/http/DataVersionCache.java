package io.gonkapulse.apigateway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;

/**
 * Reuses results until the data change. Without a known version of the data, as on a standby server, it loads each time.
 * Safe for use by many threads; two of them may load the same result.
 */
public final class DataVersionCache<K, V> {

    private final DataVersionMonitor dataVersion;
    private final Cache<K, VersionedValue<V>> values;

    public DataVersionCache(DataVersionMonitor dataVersion, int maxSize) {
        this.dataVersion = dataVersion;
        this.values = Caffeine.newBuilder().maximumSize(maxSize).build();
    }

    /** Reads the version before the load: a change during the load changes the version. */
    public V find(K key, Supplier<V> loader) {
        String version = dataVersion.current();
        VersionedValue<V> known = values.getIfPresent(key);
        if (known != null && known.version.equals(version)) {
            return known.value;
        }
        V value = loader.get();
        if (version != null) {
            values.put(key, new VersionedValue<>(version, value));
        }
        return value;
    }

    private record VersionedValue<V>(String version, V value) {}
}

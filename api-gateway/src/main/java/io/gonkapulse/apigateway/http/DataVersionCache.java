package io.gonkapulse.apigateway.http;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reuses results until the data change. Without a known version of the data, as on a standby server, it loads each time.
 * Safe for use by many threads; one of them loads a result, and the others wait for it.
 */
public final class DataVersionCache<K, V> {

    private static final Duration IDLE_EXPIRY = Duration.ofMinutes(1);

    private final DataVersionMonitor dataVersion;
    private final AsyncCache<VersionedKey<K>, V> values;

    public DataVersionCache(DataVersionMonitor dataVersion, int maxSize) {
        this.dataVersion = dataVersion;
        this.values = Caffeine.newBuilder()
                .maximumSize(maxSize)
                .expireAfterAccess(IDLE_EXPIRY)
                .buildAsync();
    }

    /**
     * Reads the version before the load: a change during the load changes the version.
     *
     * @param loader its failure reaches the callers that wait for it, and is not cached
     */
    public V find(K key, Supplier<V> loader) {
        String version = dataVersion.current();
        if (version == null) {
            return loader.get();
        }
        CompletableFuture<V> own = new CompletableFuture<>();
        CompletableFuture<V> first = values.get(new VersionedKey<>(version, key), (missing, executor) -> own);
        return first == own ? complete(own, loader) : await(first);
    }

    /** Loads outside of the cache's locks, which would also block other keys that share a part of its table. */
    private V complete(CompletableFuture<V> own, Supplier<V> loader) {
        try {
            V value = loader.get();
            own.complete(value);
            return value;
        } catch (RuntimeException | Error e) {
            // Caffeine removes every failed load. It logs a stack trace, too, unless the load was cancelled.
            CancellationException failed = new CancellationException("The load failed");
            failed.initCause(e);
            own.completeExceptionally(failed);
            throw e;
        }
    }

    /** Not by {@code join}, which wraps a failure in different ways on different JDKs. */
    private static <V> V await(CompletableFuture<V> load) {
        LoadOutcome<V> outcome = load.handle(
                        (value, failed) -> new LoadOutcome<>(value, failed == null ? null : failed.getCause()))
                .join();
        if (outcome.value != null) {
            return outcome.value;
        }
        throw outcome.failure instanceof RuntimeException failure
                ? failure
                : new IllegalStateException("The load of another request failed", outcome.failure);
    }

    private record VersionedKey<K>(String version, K key) {}

    /** One of the two is null. */
    private record LoadOutcome<V>(
            @Nullable V value, @Nullable Throwable failure) {}
}

package io.gonkapulse.apigateway.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Loads in progress. Callers with an equal query wait for the same load. Caches that load under their own lock would
 * also block other queries that share a part of their table.
 */
final class InFlightLoads<A> {

    private final ConcurrentMap<CachedQuery<?>, Load<A>> loads = new ConcurrentHashMap<>();

    /**
     * Loads the result, or waits for a running load.
     *
     * @param isAcceptable whether a result is new enough if its load started before this call; later ones always are
     */
    A load(CachedQuery<?> query, Supplier<A> loader, Predicate<A> isAcceptable) {
        long requestedNanos = System.nanoTime();
        while (true) {
            Load<A> own = new Load<>(System.nanoTime(), new CompletableFuture<>());
            Load<A> other = loads.putIfAbsent(query, own);
            if (other == null) {
                return runLoad(query, own, loader);
            }
            boolean startedLater = other.startedNanos - requestedNanos >= 0;
            try {
                A shared = other.result.join();
                if (startedLater || isAcceptable.test(shared)) {
                    return shared;
                }
            } catch (CompletionException e) {
                if (startedLater && e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
            }
        }
    }

    private A runLoad(CachedQuery<?> query, Load<A> own, Supplier<A> loader) {
        try {
            own.result.complete(loader.get());
        } catch (RuntimeException | Error e) {
            own.result.completeExceptionally(e);
            throw e;
        } finally {
            loads.remove(query, own);
        }
        return own.result.join();
    }

    private record Load<A>(long startedNanos, CompletableFuture<A> result) {}
}

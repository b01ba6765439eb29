package io.gonkapulse.apigateway.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers that are being made. Who asks the same meanwhile waits for one of them, and nobody else waits: a cache that loads
 * under its own lock makes a slow question hold up all that happen to share a part of its table.
 */
final class InFlightLoads<A> {

    private final ConcurrentMap<CachedQuery<?>, Load<A>> loads = new ConcurrentHashMap<>();

    /**
     * Loads, or waits for whoever is loading.
     *
     * @param isAcceptable whether an answer that was begun before somebody asked does for them; one begun later always does
     */
    A load(CachedQuery<?> query, Supplier<A> loader, Predicate<A> isAcceptable) {
        long requestedNanos = System.nanoTime();
        while (true) {
            Load<A> mine = new Load<>(System.nanoTime(), new CompletableFuture<>());
            Load<A> other = loads.putIfAbsent(query, mine);
            if (other == null) {
                return runLoad(query, mine, loader);
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

    private A runLoad(CachedQuery<?> query, Load<A> mine, Supplier<A> loader) {
        try {
            mine.result.complete(loader.get());
        } catch (RuntimeException | Error e) {
            mine.result.completeExceptionally(e);
            throw e;
        } finally {
            loads.remove(query, mine);
        }
        return mine.result.join();
    }

    private record Load<A>(long startedNanos, CompletableFuture<A> result) {}
}

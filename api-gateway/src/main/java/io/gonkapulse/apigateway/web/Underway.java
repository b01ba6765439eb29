package io.gonkapulse.apigateway.web;

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
final class Underway<A> {

    private final ConcurrentMap<Question<?>, Load<A>> loads = new ConcurrentHashMap<>();

    /**
     * Loads, or waits for whoever is loading.
     *
     * @param good whether an answer that was begun before somebody asked does for them; one begun later always does
     */
    A answer(Question<?> question, Supplier<A> load, Predicate<A> good) {
        long askedAt = System.nanoTime();
        while (true) {
            Load<A> mine = new Load<>(System.nanoTime(), new CompletableFuture<>());
            Load<A> other = loads.putIfAbsent(question, mine);
            if (other == null) {
                return made(question, mine, load);
            }
            boolean begunLater = other.begunAt - askedAt >= 0;
            try {
                A theirs = other.answer.join();
                if (begunLater || good.test(theirs)) {
                    return theirs;
                }
            } catch (CompletionException e) {
                if (begunLater && e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
            }
        }
    }

    private A made(Question<?> question, Load<A> mine, Supplier<A> load) {
        try {
            mine.answer.complete(load.get());
        } catch (RuntimeException | Error e) {
            mine.answer.completeExceptionally(e);
            throw e;
        } finally {
            loads.remove(question, mine);
        }
        return mine.answer.join();
    }

    private record Load<A>(long begunAt, CompletableFuture<A> answer) {}
}

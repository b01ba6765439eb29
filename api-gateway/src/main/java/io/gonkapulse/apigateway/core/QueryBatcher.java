package io.gonkapulse.apigateway.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Merges look-ups into few statements. While the maximum number of statements runs, further look-ups wait, and the next
 * statement runs all waiting look-ups that are compatible. Most of the time of a look-up is the round trip, not the
 * search.
 *
 * <p>No look-up waits for others to arrive: batches form under load only. Safe for use by many threads.
 */
public final class QueryBatcher<Q, A> {

    public static final int MAX_BATCH_SIZE = 16;

    private final int maxStatements;
    private final BiPredicate<Q, Q> compatible;
    private final Function<List<Q>, Map<Q, A>> statement;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<PendingQuery<Q, A>> waiting = new ArrayDeque<>();
    private int running;

    /**
     * Creates a batcher.
     *
     * @param maxStatements that run at the same time
     * @param compatible whether one statement can run both queries
     * @param statement runs a batch; a query without a result is missing in the map. Equal queries are passed once
     */
    public QueryBatcher(int maxStatements, BiPredicate<Q, Q> compatible, Function<List<Q>, Map<Q, A>> statement) {
        this.maxStatements = maxStatements;
        this.compatible = compatible;
        this.statement = statement;
    }

    /**
     * Finds the result of a query. Throws if the database fails. An error of another query in the same batch has no
     * effect.
     */
    public Optional<A> find(Q query) {
        PendingQuery<Q, A> pending = new PendingQuery<>(query);
        if (startOrEnqueue(pending) || pending.runsNextBatch.join()) {
            runBatch(pending);
        }
        return pending.result();
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean startOrEnqueue(PendingQuery<Q, A> pending) {
        lock.lock();
        try {
            if (running < maxStatements) {
                running++;
                return true;
            }
            waiting.add(pending);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void runBatch(PendingQuery<Q, A> first) {
        List<PendingQuery<Q, A>> batch = collectBatch(first);
        try {
            runBatch(batch);
        } finally {
            startNextBatch();
            batch.forEach(one -> one.runsNextBatch.complete(false));
        }
    }

    private void runBatch(List<PendingQuery<Q, A>> batch) {
        try {
            Map<Q, A> results = statement.apply(
                    batch.stream().map(one -> one.query).distinct().toList());
            batch.forEach(one -> one.results = results);
        } catch (RuntimeException e) {
            if (batch.size() == 1 || e instanceof DataAccessException) {
                batch.forEach(one -> one.failure = e);
            } else {
                batch.forEach(one -> runBatch(List.of(one)));
            }
        }
    }

    private List<PendingQuery<Q, A>> collectBatch(PendingQuery<Q, A> first) {
        List<PendingQuery<Q, A>> batch = new ArrayList<>();
        batch.add(first);
        lock.lock();
        try {
            Iterator<PendingQuery<Q, A>> others = waiting.iterator();
            while (others.hasNext() && batch.size() < MAX_BATCH_SIZE) {
                PendingQuery<Q, A> other = others.next();
                if (compatible.test(first.query, other.query)) {
                    batch.add(other);
                    others.remove();
                }
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    /** The longest waiting query starts the next statement, on its own thread. */
    private void startNextBatch() {
        lock.lock();
        try {
            PendingQuery<Q, A> next = waiting.poll();
            if (next == null) {
                running--;
            } else {
                next.runsNextBatch.complete(true);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A query that runs or waits. A waiting thread continues either to run the next statement, or with the result of
     * another thread's statement.
     */
    private static final class PendingQuery<Q, A> {

        private final Q query;
        private final CompletableFuture<Boolean> runsNextBatch = new CompletableFuture<>();
        private @Nullable Map<Q, A> results;
        private @Nullable RuntimeException failure;

        private PendingQuery(Q query) {
            this.query = query;
        }

        private Optional<A> result() {
            if (failure != null) {
                throw failure;
            }
            if (results == null) {
                throw new IllegalStateException("The statement that contained this query ended without a result");
            }
            return Optional.ofNullable(results.get(query));
        }
    }
}

package io.gonkapulse.apigateway.db;

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
 * Look-ups of single things. Whoever comes while enough statements are under way waits, and is answered by the next one
 * together with all others who wait: nobody waits for others to come, and a crowd costs a few round trips instead of one each.
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
     * Merges look-ups.
     *
     * @param maxStatements at the same time
     * @param compatible whether one statement can answer both
     * @param statement finds what there is; what it leaves out is not there. Equal questions are one of its questions
     */
    public QueryBatcher(int maxStatements, BiPredicate<Q, Q> compatible, Function<List<Q>, Map<Q, A>> statement) {
        this.maxStatements = maxStatements;
        this.compatible = compatible;
        this.statement = statement;
    }

    /** Fails if the database does; what is wrong with another question of the same statement does no harm. */
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

    /** Who has waited longest begins the next statement, on their own thread. */
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

    /** Who waits goes on to begin the next statement, or with the answer of another one. */
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
                throw new IllegalStateException("The statement that was to answer this ended without an answer");
            }
            return Optional.ofNullable(results.get(query));
        }
    }
}

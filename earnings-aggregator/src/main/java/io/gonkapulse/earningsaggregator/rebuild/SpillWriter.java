package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.history.RebuildTables;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Batches on their way into the shadow, while the next records are being read. There is one at a time: whoever comes with
 * another one waits and merges it himself, so that what is in memory stays bounded.
 */
final class SpillWriter implements AutoCloseable {

    private final RebuildTables tables;
    private final ExecutorService executor;
    private CompletableFuture<?> pending = CompletableFuture.completedFuture(null);

    SpillWriter(RebuildTables shadow) {
        this.tables = shadow;
        this.executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> new Thread(work, "spill"),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Throws what an earlier batch failed with, so that nobody reads on in vain. */
    synchronized void submit(LedgerBatch batch) {
        if (pending.isCompletedExceptionally()) {
            await();
        }
        pending = CompletableFuture.allOf(pending, CompletableFuture.runAsync(() -> merge(batch), executor));
    }

    /** Returns when all that was taken is in the shadow. */
    private void await() {
        try {
            pending.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The connection serves one at a time. */
    private void merge(LedgerBatch batch) {
        synchronized (tables) {
            try {
                tables.merge(batch);
            } catch (SQLException e) {
                throw new RebuildTablesException(e);
            }
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        await();
    }
}

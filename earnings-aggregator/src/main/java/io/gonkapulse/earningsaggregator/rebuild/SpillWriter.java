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
 * Merges batches into the rebuild tables while the next records are read. Only one batch is written in the
 * background; a thread that submits another one writes it itself, so memory stays bounded.
 */
final class SpillWriter implements AutoCloseable {

    private final RebuildTables tables;
    private final ExecutorService executor;
    private CompletableFuture<?> pending = CompletableFuture.completedFuture(null);

    SpillWriter(RebuildTables tables) {
        this.tables = tables;
        this.executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> new Thread(work, "spill"),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Throws the failure of an earlier batch, so that reading stops early. */
    synchronized void submit(LedgerBatch batch) {
        if (pending.isCompletedExceptionally()) {
            await();
        }
        pending = CompletableFuture.allOf(pending, CompletableFuture.runAsync(() -> merge(batch), executor));
    }

    /** Returns when all submitted batches are in the rebuild tables. */
    private void await() {
        try {
            pending.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** A connection must not be used by two threads at once. */
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

    /** A write to the rebuild tables failed; the stored tables are unchanged. */
    static final class RebuildTablesException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RebuildTablesException(SQLException cause) {
            super("The rebuild tables could not be written: " + cause.getMessage(), cause);
        }
    }
}

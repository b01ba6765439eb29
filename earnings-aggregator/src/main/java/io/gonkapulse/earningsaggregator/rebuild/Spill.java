package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.earningsaggregator.store.Shadow;
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
final class Spill implements AutoCloseable {

    private final Shadow shadow;
    private final ExecutorService writer;
    private CompletableFuture<?> all = CompletableFuture.completedFuture(null);

    Spill(Shadow shadow) {
        this.shadow = shadow;
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> new Thread(work, "spill"),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Throws what an earlier batch failed with, so that nobody reads on in vain. */
    synchronized void take(LedgerBatch batch) {
        if (all.isCompletedExceptionally()) {
            await();
        }
        all = CompletableFuture.allOf(all, CompletableFuture.runAsync(() -> merge(batch), writer));
    }

    /** Returns when all that was taken is in the shadow. */
    private void await() {
        try {
            all.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The connection serves one at a time. */
    private void merge(LedgerBatch batch) {
        synchronized (shadow) {
            try {
                shadow.merge(batch);
            } catch (SQLException e) {
                throw new ShadowFailedException(e);
            }
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        await();
    }
}

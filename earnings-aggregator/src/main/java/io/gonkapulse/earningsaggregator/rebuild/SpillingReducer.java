package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.earningsaggregator.ledger.TopicReducer;
import io.gonkapulse.workercore.replay.TopicReader;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reduces records in memory and spills the rows into the rebuild tables when they exceed the limit. Rows of finished
 * days are spilled earlier, so that the database works while the topic is read.
 */
final class SpillingReducer implements AutoCloseable {

    private static final int RECORDS_PER_REPORT = 8_192;
    private static final int MIN_SPILL_ROWS = 4_000;

    private final TopicReducer reducer;
    private final int maxRows;
    private final Consumer<LedgerBatch> spill;
    private final RebuildProgressReporter progress;
    private int unreported;

    SpillingReducer(FactReader reader, int maxRows, Consumer<LedgerBatch> spill, RebuildProgressReporter progress) {
        this.reducer = new TopicReducer(reader);
        this.maxRows = maxRows;
        this.spill = spill;
        this.progress = progress;
    }

    /** Reads all records that the reader has. */
    void addAll(TopicReader records) {
        while (records.next()) {
            if (records.skippedRecords() > 0) {
                progress.addRefused(records.skippedRecords());
                progress.addRead(records.skippedRecords());
            } else {
                add(records.value(), records.timestamp());
            }
        }
    }

    /** @param timestamp of the record, in milliseconds since 1970 */
    void add(@Nullable ByteBuffer value, long timestamp) {
        try {
            reduce(value, timestamp);
        } catch (UndecodableMessageException e) {
            progress.addRefused(e.reason());
        }
        if (reducer.size() >= maxRows) {
            spill.accept(reducer.drain());
        }
        if (++unreported == RECORDS_PER_REPORT) {
            reportAndSpill();
        }
    }

    @Override
    public void close() {
        reportProgress();
        if (reducer.size() > 0) {
            spill.accept(reducer.drain());
        }
    }

    private void reduce(@Nullable ByteBuffer value, long timestamp) {
        if (value != null && value.hasArray()) {
            int from = value.arrayOffset() + value.position();
            reducer.add(value.array(), from, from + value.remaining(), timestamp);
        } else {
            byte[] copy = new byte[value == null ? 0 : value.remaining()];
            if (value != null) {
                value.duplicate().get(copy);
            }
            reducer.add(copy, timestamp);
        }
    }

    private void reportAndSpill() {
        reportProgress();
        if (reducer.closedRows() >= MIN_SPILL_ROWS) {
            spill.accept(reducer.drainClosed());
        }
    }

    private void reportProgress() {
        progress.addRead(unreported);
        unreported = 0;
    }
}

package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.earningsaggregator.ledger.TopicReducer;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reduces records in memory, and spills into the shadow when they take more rows than are allowed; rows that are probably
 * finished go there before, so that the database is not idle while the topic is read.
 */
final class ReducingSink implements RecordSink {

    private static final int RECORDS_PER_LOOK = 8_192;
    private static final int ROWS_WORTH_A_SPILL = 4_000;

    private final TopicReducer reducer;
    private final int most;
    private final Consumer<LedgerBatch> spill;
    private final Progress progress;
    private int untold;

    ReducingSink(FactReader reader, int most, Consumer<LedgerBatch> spill, Progress progress) {
        this.reducer = new TopicReducer(reader);
        this.most = most;
        this.spill = spill;
        this.progress = progress;
    }

    @Override
    public void take(@Nullable ByteBuffer value, long timestamp) {
        try {
            add(value, timestamp);
        } catch (UndecodableMessageException e) {
            progress.refused(e.reason());
        }
        if (reducer.size() >= most) {
            spill.accept(reducer.take());
        }
        if (++untold == RECORDS_PER_LOOK) {
            look();
        }
    }

    @Override
    public void leaveOut(long records) {
        progress.refused(records);
        progress.read(records);
    }

    @Override
    public void close() {
        tell();
        if (reducer.size() > 0) {
            spill.accept(reducer.take());
        }
    }

    private void add(@Nullable ByteBuffer value, long timestamp) {
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

    private void look() {
        tell();
        if (reducer.closed() >= ROWS_WORTH_A_SPILL) {
            spill.accept(reducer.takeClosed());
        }
    }

    private void tell() {
        progress.read(untold);
        untold = 0;
    }
}

package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.ledger.ImpossibleFactException;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reduces records in memory, and spills into the shadow when they take more rows than are allowed. */
final class ReducingSink implements RecordSink {

    private final FactReader reader;
    private final int most;
    private final Consumer<LedgerBatch> spill;
    private final Progress progress;
    private LedgerBatch batch = new LedgerBatch();
    private long taken;

    ReducingSink(FactReader reader, int most, Consumer<LedgerBatch> spill, Progress progress) {
        this.reader = reader;
        this.most = most;
        this.spill = spill;
        this.progress = progress;
    }

    @Override
    public void take(byte @Nullable [] value) {
        progress.oneMore(++taken);
        try {
            batch.add(reader.read(value == null ? new byte[0] : value));
        } catch (UndecodableMessageException | ImpossibleFactException e) {
            progress.refusedOne();
        }
        if (batch.size() >= most) {
            close();
        }
    }

    @Override
    public void close() {
        if (!batch.isEmpty()) {
            spill.accept(batch);
            batch = new LedgerBatch();
        }
    }
}

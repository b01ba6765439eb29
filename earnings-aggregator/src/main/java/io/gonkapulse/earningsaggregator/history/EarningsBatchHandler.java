package io.gonkapulse.earningsaggregator.history;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;

/** Reduces a batch of snapshots to ledger rows and writes them with the offsets in one transaction. */
public final class EarningsBatchHandler implements BatchHandler<LedgerBatch> {

    /** A snapshot topic has no deletions: the reader rejects the empty record as undecodable. */
    private static final byte[] TOMBSTONE = {};

    private final FactReader reader = new FactReader();
    private final EarningsWriter writer;

    public EarningsBatchHandler(EarningsWriter writer) {
        this.writer = writer;
    }

    @Override
    public LedgerBatch reduce(ConsumerBatch batch, DeadLetterBuffer invalidRecords) {
        LedgerBatch reduced = new LedgerBatch();
        for (int i = 0; i < batch.size(); i++) {
            byte[] value = batch.value(i);
            try {
                reduced.add(reader.read(value == null ? TOMBSTONE : value, batch.timestamp(i)));
            } catch (UndecodableMessageException e) {
                invalidRecords.add(i, e);
            }
        }
        return reduced;
    }

    @Override
    public long write(LedgerBatch batch) {
        return writer.write(batch);
    }
}

package io.gonkapulse.earningsaggregator.history;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies snapshots as the live consumer does, one batch per transaction. Joins a transaction of the caller. */
public final class TestEarningsWriter {

    private final EarningsWriter writer;
    private final TransactionTemplate transactions;

    public TestEarningsWriter(EarningsDatabase database, InstantSource clock) {
        writer = new EarningsWriter(database.jdbc(), clock);
        transactions = EarningsDatabase.transactions(database.source());
    }

    public void write(Snapshot... snapshots) {
        write(List.of(snapshots));
    }

    /** Applies all snapshots in one batch. */
    public void write(Collection<? extends Snapshot> snapshots) {
        SnapshotCodec codec = new SnapshotCodec();
        FactReader reader = new FactReader();
        LedgerBatch batch = new LedgerBatch();
        snapshots.forEach(snapshot -> batch.add(reader.read(codec.encode(snapshot), Long.MAX_VALUE)));
        transactions.executeWithoutResult(status -> writer.write(batch));
    }

    public int refreshToday() {
        return requireNonNull(transactions.execute(status -> writer.refreshToday()));
    }
}

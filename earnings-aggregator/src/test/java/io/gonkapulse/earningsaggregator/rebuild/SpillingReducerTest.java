package io.gonkapulse.earningsaggregator.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpillingReducerTest {

    private final SnapshotCodec codec = new SnapshotCodec();
    private final List<Snapshot> snapshots = EarningsScenario.of(3, 10, 20).snapshots();
    private final RebuildProgressReporter progress =
            new RebuildProgressReporter(InstantSource.fixed(Instant.EPOCH), Duration.ofSeconds(1), line -> {});

    @Test
    void spillsBeyondMaxRows() {
        List<LedgerBatch> whole = reduce(Integer.MAX_VALUE);
        assertThat(whole).hasSize(1);
        int rows = whole.get(0).size();
        assertThat(rows).isGreaterThan(300);

        List<LedgerBatch> spilled = reduce(50);

        assertThat(spilled)
                .hasSizeGreaterThanOrEqualTo(rows / 50)
                .allSatisfy(batch -> assertThat(batch.size()).isBetween(1, 50));
        assertThat(keys(spilled)).isEqualTo(keys(whole));
    }

    @Test
    void countsInvalidRecords() {
        List<LedgerBatch> spilled = new ArrayList<>();
        try (SpillingReducer sink = new SpillingReducer(new FactReader(), 50, spilled::add, progress)) {
            sink.add(null, 0);
            sink.add(ByteBuffer.wrap(new byte[] {'{'}), 0);
            sink.add(ByteBuffer.allocateDirect(3), 0);
        }

        assertThat(spilled).isEmpty();
        assertThat(progress.records().refused()).isEqualTo(3);
        assertThat(progress.records().read()).isEqualTo(3);
    }

    private List<LedgerBatch> reduce(int most) {
        List<LedgerBatch> spilled = new ArrayList<>();
        try (SpillingReducer sink = new SpillingReducer(new FactReader(), most, spilled::add, progress)) {
            snapshots.forEach(snapshot -> sink.add(ByteBuffer.wrap(codec.encode(snapshot)), Long.MAX_VALUE));
        }
        return spilled;
    }

    private static Set<Object> keys(List<LedgerBatch> batches) {
        Set<Object> keys = new HashSet<>();
        batches.forEach(batch -> {
            keys.addAll(batch.live().keySet());
            keys.addAll(batch.settled().keySet());
        });
        return keys;
    }
}

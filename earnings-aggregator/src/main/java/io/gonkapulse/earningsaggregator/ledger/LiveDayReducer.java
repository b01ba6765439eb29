package io.gonkapulse.earningsaggregator.ledger;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MICROSECONDS;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.SnapshotScanner;
import io.gonkapulse.earningsaggregator.ledger.LiveMaximum.LiveKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Merges the records of one node for its current epoch and day in primitive fields, by the rule of {@link
 * LiveMaximum}. Nearly every record of a topic only raises the values of the record before it, so this avoids an
 * object per record.
 */
final class LiveDayReducer {

    private static final long DAY = MICROSECONDS.convert(1, DAYS);

    private final NodeIdentifier node;
    private @Nullable TrackerName source;
    private long epoch;
    private long firstMicros;
    private long observedMicros;
    private long earned;
    private long inferences;
    private long missed;
    private long validated;
    private long invalidated;

    LiveDayReducer(NodeIdentifier node) {
        this.node = node;
    }

    /**
     * Merges a live record.
     *
     * @param batch receives the finished day if the record belongs to another one
     */
    void add(SnapshotScanner record, LedgerBatch batch) {
        if (!isSameDay(record)) {
            close(batch);
            open(record);
            return;
        }
        if (isReportedBefore(record)) {
            source = record.tracker();
            observedMicros = record.observedMicros();
            earned = record.earned();
        }
        inferences = Math.max(inferences, record.inferences());
        missed = Math.max(missed, record.missed());
        validated = Math.max(validated, record.validated());
        invalidated = Math.max(invalidated, record.invalidated());
    }

    /** Adds the current day to the batch; safe to call again. */
    void close(LedgerBatch batch) {
        if (source != null) {
            LocalDate day = LocalDate.ofEpochDay(firstMicros / DAY);
            batch.add(new LiveKey(node, epoch, day), maximum(source));
            source = null;
        }
    }

    /** Times before the day count as another day, because records may arrive in any order. */
    private boolean isSameDay(SnapshotScanner record) {
        long into = record.observedMicros() - firstMicros;
        return source != null && record.epoch() == epoch && into >= 0 && into < DAY;
    }

    private void open(SnapshotScanner record) {
        source = record.tracker();
        epoch = record.epoch();
        observedMicros = record.observedMicros();
        firstMicros = observedMicros - observedMicros % DAY;
        earned = record.earned();
        inferences = record.inferences();
        missed = record.missed();
        validated = record.validated();
        invalidated = record.invalidated();
    }

    /** The larger amount wins, then the earlier time, then the smaller tracker name. */
    private boolean isReportedBefore(SnapshotScanner record) {
        if (record.earned() != earned) {
            return record.earned() > earned;
        }
        if (record.observedMicros() != observedMicros) {
            return record.observedMicros() < observedMicros;
        }
        return record.tracker().compareTo(requireNonNull(source)) < 0;
    }

    private LiveMaximum maximum(TrackerName tracker) {
        return new LiveMaximum(
                new NodeCounters(Ngonka.of(earned), inferences, missed, validated, invalidated),
                tracker,
                Instant.EPOCH.plus(observedMicros, ChronoUnit.MICROS));
    }
}

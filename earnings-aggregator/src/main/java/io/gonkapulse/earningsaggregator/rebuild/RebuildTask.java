package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.history.AdoptedDays;
import io.gonkapulse.earningsaggregator.history.EarningsWriter;
import io.gonkapulse.earningsaggregator.history.RebuildTables;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.rebuild.AppliedOffsetsRepository.AppliedOffsets;
import io.gonkapulse.earningsaggregator.rebuild.RebuildReport.DifferenceSummary;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRefusedException;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRequest;
import io.gonkapulse.earningsaggregator.verify.DerivedTotalsCheck;
import io.gonkapulse.earningsaggregator.verify.HistoryComparison;
import io.gonkapulse.earningsaggregator.verify.LedgerComparison;
import io.gonkapulse.workercore.consumer.TopicMetadataReader;
import io.gonkapulse.workercore.consumer.TopicMetadataReader.TopicMetadata;
import io.gonkapulse.workercore.replay.TopicReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One rebuild on one connection. It reads the topic up to the offsets that the live consumer has applied, then blocks
 * the live consumer, reads the rest, computes the history in the rebuild tables, compares it and replaces the stored
 * one. Readers see either the old or the new history, never a mixture.
 */
final class RebuildTask {

    private static final long CATCH_UP_THRESHOLD = 20_000;
    private static final int MAX_CATCH_UP_RUNS = 10;

    private static final String FORCE_HINT =
            "Nothing was changed. Days for which it has every record can be rebuilt with --from DATE --force";

    private static final String DISABLE_IDLE_TIMEOUT = "set local idle_in_transaction_session_timeout = 0";

    private final Connection connection;
    private final SnapshotTopicReader topic;
    private final AppliedOffsets noOffsets;
    private final RebuildRequest request;
    private final RebuildProgressReporter progress;
    private final int maxRows;
    private final FactReader reader = new FactReader();
    private final AppliedOffsetsRepository offsets = new AppliedOffsetsRepository();
    private final Map<Integer, Long> position;
    private final TopicMetadata metadata;
    private final RebuildTables tables;
    private TopicReader.ReadProgress reading = TopicReader.ReadProgress.NOTHING;

    /**
     * @param noOffsets group and topic of the live consumer, without offsets
     */
    RebuildTask(
            Connection connection,
            SnapshotTopicReader topic,
            AppliedOffsets noOffsets,
            RebuildRequest request,
            RebuildProgressReporter progress,
            int maxRows)
            throws SQLException {
        this.connection = connection;
        this.topic = topic;
        this.noOffsets = noOffsets;
        this.request = request;
        this.progress = progress;
        this.maxRows = maxRows;
        this.position = new HashMap<>(topic.beginningOffsets());
        this.metadata = topic.metadata();
        this.tables = RebuildTables.createForLedger(connection);
    }

    RebuildReport run(LocalDate today, DifferenceSummary differences) throws SQLException {
        requireNotCompacted();
        progress.stage("read");
        @Nullable LocalDate firstCovered = topic.firstCoveredDay();
        catchUp();
        @Nullable LocalDate rolledUp = rollUpBeforeLock(firstCovered);
        // From here on one transaction: the lock, the last records and the swap.
        connection.setAutoCommit(false);
        disableIdleTimeout();
        progress.stage("catch up");
        progress.report("caught up; the live consumer waits until the end");
        EarningsWriter.HISTORY_SWAP_LOCK.acquireUntilCommit(connection);
        Map<Integer, Long> to = targetOffsets();
        read(to);
        @Nullable LocalDate from = firstCovered == null ? null : firstDay(firstCovered);
        if (from == null) {
            connection.rollback();
            return report(null, false, HistoryComparison.ComparisonCounts.NONE, AdoptedDays.NONE, differences);
        }
        // The history computed ahead is valid only if it starts at the same day and no stored rows precede it.
        if (from.equals(rolledUp) && coversWholeLedger(from)) {
            tables.rollUpChanges();
            tables.replaceNodeIds();
        } else {
            tables.replaceNodeIds();
            tables.copyDaysBefore(from);
            tables.rollUp();
        }
        return finish(from, to, today, differences);
    }

    /** The transaction is idle while the topic is read. */
    private void disableIdleTimeout() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(DISABLE_IDLE_TIMEOUT);
        }
    }

    /** Computes the history before the live consumer is blocked; afterwards only changed days are computed again. */
    private @Nullable LocalDate rollUpBeforeLock(@Nullable LocalDate firstCovered) throws SQLException {
        @Nullable LocalDate from = firstCovered == null ? null : firstDay(firstCovered);
        if (from == null || !coversWholeLedger(from)) {
            return null;
        }
        progress.stage("compute");
        progress.report("read; computing the history");
        tables.rollUp();
        catchUp();
        tables.rollUpChanges();
        return from;
    }

    /** True if neither the topic nor the stored ledger has an earlier day. */
    private boolean coversWholeLedger(LocalDate day) throws SQLException {
        return Optional.of(day).equals(tables.firstDay()) && !tables.hasLedgerBefore(day);
    }

    private RebuildReport finish(LocalDate from, Map<Integer, Long> to, LocalDate today, DifferenceSummary differences)
            throws SQLException {
        progress.stage("compare");
        progress.report("computed; comparing");
        AdoptedDays adopted = tables.addAdoptedDays();
        HistoryComparison comparison = new HistoryComparison(connection, from);
        HistoryComparison.ComparisonCounts counts = comparison.count();
        // Listing millions of added days of an empty database would help nobody.
        comparison.list(counts.isAllNew() ? DifferenceSummary.MAX_RETAINED : Long.MAX_VALUE, differences::addDay);
        new LedgerComparison(connection, from).list(differences::addOther);
        DerivedTotalsCheck.wrongTotals(connection).forEach(differences::addOther);
        DerivedTotalsCheck.wrongDays(connection).forEach(differences::addOther);
        if (request.dryRun()) {
            connection.rollback();
        } else {
            progress.stage("put in place");
            progress.report("compared; putting it in place");
            new HistorySwap(connection, from).run(tables, today);
            offsets.write(connection, new AppliedOffsets(noOffsets.group(), noOffsets.topic(), to, topicIds(to)));
            connection.commit();
        }
        return report(from, !request.dryRun(), counts, adopted, differences);
    }

    private RebuildReport report(
            @Nullable LocalDate from,
            boolean swapped,
            HistoryComparison.ComparisonCounts counts,
            AdoptedDays adopted,
            DifferenceSummary differences) {
        return new RebuildReport(
                from,
                swapped,
                progress.records(),
                counts,
                adopted,
                differences.largest(),
                differences.otherCount(),
                differences.otherExamples());
    }

    /** Reads until few enough records remain to be read while the live consumer is blocked. */
    private void catchUp() throws SQLException {
        for (int run = 0; run < MAX_CATCH_UP_RUNS; run++) {
            Map<Integer, Long> to = targetOffsets();
            if (run > 0 && remainingRecords(to) < CATCH_UP_THRESHOLD) {
                return;
            }
            read(to);
        }
    }

    private void read(Map<Integer, Long> to) {
        progress.addExpected(remainingRecords(to));
        try (SpillWriter spill = new SpillWriter(tables)) {
            reading = reading.plus(topic.read(position, to, records -> reduce(records, spill)));
        }
        requireComplete();
        position.putAll(to);
    }

    private void reduce(TopicReader records, SpillWriter spill) {
        try (SpillingReducer reducer = new SpillingReducer(reader, maxRows, spill::submit, progress)) {
            reducer.addAll(records);
        }
    }

    private void requireNotCompacted() {
        String policy = metadata.cleanupPolicy().orElse("");
        if (policy.contains("compact") && !request.force()) {
            throw new RebuildRefusedException("The topic " + noOffsets.topic() + " has cleanup.policy=" + policy
                    + ", so it keeps only the newest record of a node: a rebuild would delete the history that is"
                    + " no longer in the topic. " + FORCE_HINT);
        }
    }

    /** The policy may have been compact for a while and then changed back. */
    private void requireComplete() {
        if (reading.read() < reading.total() && !request.force()) {
            throw new RebuildRefusedException("The topic " + noOffsets.topic() + " has " + reading.read()
                    + " records, but its offsets say " + reading.total() + ": it was compacted, and a rebuild would"
                    + " delete the history that is no longer in the topic. " + FORCE_HINT);
        }
    }

    /** The offsets that the live consumer has applied; the end of the partition where it has applied none. */
    private Map<Integer, Long> targetOffsets() throws SQLException {
        AppliedOffsets stored = offsets.read(connection, noOffsets.group(), noOffsets.topic());
        stored.topicIds().forEach(this::requireSameTopic);
        Map<Integer, Long> applied = stored.nextOffsets();
        Map<Integer, Long> to = new HashMap<>(topic.endOffsets());
        applied.forEach((partition, next) -> requireInTopic(partition, next, to.getOrDefault(partition, 0L)));
        to.putAll(applied);
        return to;
    }

    /** Stored offsets of a deleted topic count other records, until the live consumer has reset them. */
    private void requireSameTopic(int partition, UUID applied) {
        metadata.id().filter(id -> !id.equals(applied)).ifPresent(id -> {
            throw new RebuildRefusedException("Partition " + partition + " was applied from the topic with id "
                    + TopicMetadataReader.format(applied) + ", but " + noOffsets.topic() + " has the id "
                    + TopicMetadataReader.format(id)
                    + ": it was recreated. Start the earnings-aggregator, which reads it"
                    + " from its first record, then rebuild. Nothing was changed");
        });
    }

    /** The swap stores them with the offsets, so that a recreated topic is detected. */
    private Map<Integer, UUID> topicIds(Map<Integer, Long> partitions) {
        Map<Integer, UUID> ids = new HashMap<>();
        metadata.id().ifPresent(id -> partitions.keySet().forEach(partition -> ids.put(partition, id)));
        return ids;
    }

    /** Detects another topic where the broker provides no topic ids. */
    private static void requireInTopic(int partition, long next, long end) {
        if (next > end) {
            throw new RebuildRefusedException("Partition " + partition + " was applied up to offset " + next
                    + ", but ends at " + end + ": this is not the topic that was applied. After a move to another"
                    + " cluster the offsets in consumer_offsets start at 0");
        }
    }

    private long remainingRecords(Map<Integer, Long> to) {
        return to.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - position.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /** Days before the first fact are not covered: the topic cannot show that nothing was earned on them. */
    private @Nullable LocalDate firstDay(LocalDate firstCovered) throws SQLException {
        LocalDate first = tables.firstDay().orElse(null);
        if (first == null) {
            return null;
        }
        LocalDate day = laterOf(firstCovered, first);
        return request.from() == null ? day : laterOf(day, request.from());
    }

    private static LocalDate laterOf(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}

package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.history.RebuildTables;
import io.gonkapulse.earningsaggregator.rebuild.AppliedOffsetsRepository.AppliedOffsets;
import io.gonkapulse.earningsaggregator.rebuild.RebuildReport.DifferenceSummary;
import io.gonkapulse.earningsaggregator.verify.HistoryComparison;
import io.gonkapulse.workercore.replay.RebuildListener;
import io.gonkapulse.workercore.sql.AdvisoryLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs rebuilds, one at a time. A rebuild that fails changes nothing; start it again from the beginning. */
public final class RebuildRunner {

    /** Held for the whole rebuild; the runbook finds a rebuild's session by this number. */
    public static final AdvisoryLock LOCK = new AdvisoryLock(7_320_519_823_364_101L);

    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(2);

    private final DataSource source;
    private final SnapshotTopicReader topic;
    private final AppliedOffsets noOffsets;
    private final InstantSource clock;
    private final int maxRows;

    /**
     * @param group consumer group of the live consumer
     * @param maxRows rows that a reading thread holds in memory before it spills them into the rebuild tables
     */
    public RebuildRunner(
            DataSource source,
            SnapshotTopicReader topic,
            String group,
            String topicName,
            InstantSource clock,
            int maxRows) {
        this.source = source;
        this.topic = topic;
        this.noOffsets = new AppliedOffsets(group, topicName, Map.of(), Map.of());
        this.clock = clock;
        this.maxRows = maxRows;
    }

    /**
     * Runs a rebuild.
     *
     * @param listener receives progress lines and stages
     * @param differences receives every day that differs, the largest difference first
     */
    public RebuildReport run(
            RebuildRequest request, RebuildListener listener, Consumer<HistoryComparison.DayDifference> differences)
            throws SQLException {
        return run(request, listener, differences, line -> {});
    }

    /**
     * Runs a rebuild.
     *
     * @param listener receives progress lines and stages
     * @param differences receives every day that differs, the largest difference first
     * @param others receives every ledger row, settlement and derived total that differs
     */
    public RebuildReport run(
            RebuildRequest request,
            RebuildListener listener,
            Consumer<HistoryComparison.DayDifference> differences,
            Consumer<String> others)
            throws SQLException {
        try (Connection connection = source.getConnection()) {
            // A statement over a long history takes longer than the pool's limit, which is meant for the service.
            connection.setNetworkTimeout(Runnable::run, 0);
            if (!LOCK.tryAcquire(connection)) {
                throw new RebuildRefusedException("Another rebuild is running; wait for it, or stop it");
            }
            try {
                return run(connection, request, listener, new DifferenceSummary(differences, others));
            } finally {
                cleanUp(connection);
            }
        }
    }

    private RebuildReport run(
            Connection connection, RebuildRequest request, RebuildListener listener, DifferenceSummary summary)
            throws SQLException {
        RebuildProgressReporter progress = new RebuildProgressReporter(clock, REPORT_INTERVAL, listener);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new RebuildTask(connection, topic, noOffsets, request, progress, maxRows).run(today, summary);
    }

    /** The connection returns to a pool: the rebuild tables must not stay in its session. */
    private static void cleanUp(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        RebuildTables.drop(connection);
        LOCK.release(connection);
    }

    /**
     * Parameters of a rebuild.
     *
     * @param from first day to rebuild; null for every day that the topic covers
     * @param dryRun compare only; change nothing
     * @param force accept a topic that was compacted; only days for which it has every record come out right
     */
    public record RebuildRequest(@Nullable LocalDate from, boolean dryRun, boolean force) {

        public RebuildRequest {
            if (force && from == null) {
                throw new IllegalArgumentException("Expected a first day with force, got none");
            }
        }

        public RebuildRequest(@Nullable LocalDate from, boolean dryRun) {
            this(from, dryRun, false);
        }
    }

    /** A rebuild cannot run now; the message says why and what to do. */
    public static final class RebuildRefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RebuildRefusedException(String message) {
            super(message);
        }
    }
}

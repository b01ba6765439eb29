package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.store.AppliedOffsets;
import io.gonkapulse.earningsaggregator.store.Comparison;
import io.gonkapulse.earningsaggregator.store.RebuildLock;
import io.gonkapulse.earningsaggregator.store.Shadow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Rebuilds, one at a time. A rebuild that dies leaves nothing behind, and is begun again from the start. */
public final class Rebuilds {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    private final DataSource source;
    private final SnapshotTopic topic;
    private final AppliedOffsets nobody;
    private final InstantSource clock;
    private final int mostKeys;

    /**
     * Rebuilds from a topic.
     *
     * @param group the live consumer
     * @param mostKeys rows that a reading thread holds in memory before it spills into the shadow
     */
    public Rebuilds(
            DataSource source, SnapshotTopic topic, String group, String topicName, InstantSource clock, int mostKeys) {
        this.source = source;
        this.topic = topic;
        this.nobody = new AppliedOffsets(group, topicName, Map.of(), Map.of());
        this.clock = clock;
        this.mostKeys = mostKeys;
    }

    /**
     * Runs one.
     *
     * @param listener hears how it goes on
     * @param differences hears of every day that differs, the largest difference first
     */
    public RebuildReport run(
            RebuildRequest request, Consumer<String> listener, Consumer<Comparison.Difference> differences)
            throws SQLException {
        return run(request, listener, differences, line -> {});
    }

    /**
     * Runs one.
     *
     * @param differences hears of every day that differs, the largest difference first
     * @param others hears of every row of ledger, settlements and kept sums that differs
     */
    public RebuildReport run(
            RebuildRequest request,
            Consumer<String> listener,
            Consumer<Comparison.Difference> differences,
            Consumer<String> others)
            throws SQLException {
        try (Connection connection = source.getConnection()) {
            // Its statements take as long as there is history; the pool's limit is for the service's.
            connection.setNetworkTimeout(Runnable::run, 0);
            if (!RebuildLock.tryTake(connection)) {
                throw new RebuildRefusedException("Another rebuild is running; wait for it, or stop it");
            }
            try {
                return run(connection, request, listener, new Findings(differences, others));
            } finally {
                tidy(connection);
            }
        }
    }

    private RebuildReport run(
            Connection connection, RebuildRequest request, Consumer<String> listener, Findings findings)
            throws SQLException {
        Progress progress = new Progress(clock, BETWEEN_LINES, listener);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new Rebuild(connection, topic, nobody, request, progress, mostKeys).run(today, findings);
    }

    /** The connection may come from a pool; nobody else may find the shadow in it. */
    private static void tidy(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        Shadow.drop(connection);
        RebuildLock.release(connection);
    }
}

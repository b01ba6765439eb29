package io.gonkapulse.quickstart;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.networksimulator.DailyTruth;
import io.gonkapulse.networksimulator.ObservationLog;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.workercore.replay.TopicReader;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares the history with the simulated network. From the records it takes only observed nodes and block heights;
 * amounts come from the network, which computes them without a tracker.
 */
final class EarningsCheck {

    private static final String APPLIED = """
            select partition, next_offset
              from consumer_offsets
             where consumer_group = 'earnings-aggregator'
               and topic = 'tracker.snapshots'
            """;

    private static final String HISTORY = """
            select lower(node.identifier), history.date, history.earnings_ngonka::text, history.inferences
              from earnings_history history
              join nodes node on node.id = history.node_id
            """;

    private final SimulatedNetwork network;
    private final InstantSource clock;
    private final String kafka;

    EarningsCheck(SimulatedNetwork network, InstantSource clock, String kafka) {
        this.network = network;
        this.clock = clock;
        this.kafka = kafka;
    }

    /**
     * Result of a check.
     *
     * @param differences messages by node and day
     */
    record CheckResult(int compared, SortedMap<String, String> differences) {}

    /** Reads history and offsets in one snapshot, because the aggregator continues meanwhile. */
    CheckResult run(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        Map<Integer, Long> applied = appliedOffsets(connection);
        Map<String, String> stored = storedHistory(connection);
        connection.rollback();
        return compare(stored, expectedHistory(observations(applied)));
    }

    /** Compares in both directions, so that additional days in the history are found too. */
    private static CheckResult compare(Map<String, String> stored, Map<String, String> expected) {
        SortedMap<String, String> differences = new TreeMap<>();
        Map<String, String> all = new HashMap<>(stored);
        all.putAll(expected);
        all.keySet().forEach(day -> {
            String actualAmounts = stored.getOrDefault(day, "nothing");
            String expectedAmounts = expected.getOrDefault(day, "nothing");
            if (!actualAmounts.equals(expectedAmounts)) {
                differences.put(day, actualAmounts + ", expected " + expectedAmounts);
            }
        });
        return new CheckResult(all.size(), differences);
    }

    private static Map<Integer, Long> appliedOffsets(Connection connection) throws SQLException {
        Map<Integer, Long> next = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(APPLIED)) {
            while (row.next()) {
                next.put(row.getInt(1), row.getLong(2));
            }
        }
        return next;
    }

    private static Map<String, String> storedHistory(Connection connection) throws SQLException {
        Map<String, String> days = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HISTORY)) {
            while (row.next()) {
                days.put(row.getString(1) + " " + row.getString(2), amounts(row.getString(3), row.getLong(4)));
            }
        }
        return days;
    }

    private Map<String, String> expectedHistory(ObservationLog observations) {
        DailyTruth truth = network.truth().earnings(observations, clock.instant());
        Map<String, String> days = new HashMap<>();
        for (NodeIdentifier node : truth.nodes()) {
            truth.of(node)
                    .forEach((day, amounts) ->
                            days.put(node + " " + day, amounts(amounts.earned().toString(), amounts.inferences())));
        }
        return days;
    }

    private static String amounts(@Nullable String ngonka, long inferences) {
        return ngonka + " ngonka for " + inferences + " inferences";
    }

    /** Reads the topic up to the applied offsets, because later snapshots are not in the history yet. */
    private ObservationLog observations(Map<Integer, Long> applied) {
        ObservationLog observations = new ObservationLog();
        SnapshotCodec codec = new SnapshotCodec();
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
        try (TopicReader records = TopicReader.openStrict(settings, KafkaTopic.SNAPSHOTS.name(), 32 << 20)) {
            records.seek(Map.of(), applied);
            while (records.next()) {
                // The live consumer skips oversized batches and undecodable records too.
                addObservation(bytes(records.value()), records.timestamp(), codec, observations);
            }
        }
        return observations;
    }

    private static byte[] bytes(@Nullable ByteBuffer value) {
        byte[] bytes = new byte[value == null ? 0 : value.remaining()];
        if (value != null) {
            value.duplicate().get(bytes);
        }
        return bytes;
    }

    /** Trackers may omit the block height; then the observation time determines it. */
    private void addObservation(byte[] value, long timestamp, SnapshotCodec codec, ObservationLog observations) {
        try {
            Snapshot snapshot = codec.decode(value, timestamp);
            Long reported = snapshot.origin().height();
            long height = reported == null
                    ? network.calendar().heightAt(snapshot.origin().observedAt())
                    : reported;
            if (snapshot instanceof SettledSnapshot) {
                observations.recordSettlement(snapshot.node(), snapshot.epoch(), height);
            } else {
                observations.recordLive(snapshot.node(), snapshot.epoch(), height);
            }
        } catch (UndecodableMessageException e) {
            // The aggregator has dead-lettered it too.
        }
    }
}

package io.gonkapulse.quickstart;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.earningsaggregator.rebuild.RecordSink;
import io.gonkapulse.earningsaggregator.rebuild.TopicReplayListener;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.truth.DailyTruth;
import io.gonkapulse.testkit.network.truth.Observations;
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
 * Holds the history against the network itself, which is arithmetic and can be asked without any tracker. Of the records
 * it takes only who was looked at, and as of which block; the amounts are the network's own.
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
     * What came out.
     *
     * @param differences by node and day, in words
     */
    record Result(int compared, SortedMap<String, String> differences) {}

    /** History and positions are of one moment; the service goes on meanwhile. */
    Result run(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        Map<Integer, Long> applied = applied(connection);
        Map<String, String> kept = history(connection);
        connection.rollback();
        return compare(kept, truth(observations(applied)));
    }

    private static Result compare(Map<String, String> kept, Map<String, String> truth) {
        SortedMap<String, String> differences = new TreeMap<>();
        Map<String, String> all = new HashMap<>(kept);
        all.putAll(truth);
        all.keySet().forEach(day -> {
            String is = kept.getOrDefault(day, "nothing");
            String mustBe = truth.getOrDefault(day, "nothing");
            if (!is.equals(mustBe)) {
                differences.put(day, is + ", and the network says " + mustBe);
            }
        });
        return new Result(all.size(), differences);
    }

    private static Map<Integer, Long> applied(Connection connection) throws SQLException {
        Map<Integer, Long> next = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(APPLIED)) {
            while (row.next()) {
                next.put(row.getInt(1), row.getLong(2));
            }
        }
        return next;
    }

    private static Map<String, String> history(Connection connection) throws SQLException {
        Map<String, String> days = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HISTORY)) {
            while (row.next()) {
                days.put(row.getString(1) + " " + row.getString(2), amounts(row.getString(3), row.getLong(4)));
            }
        }
        return days;
    }

    private Map<String, String> truth(Observations observations) {
        DailyTruth truth = network.truth().earnings(observations, clock.instant());
        Map<String, String> days = new HashMap<>();
        for (NodeIdentifier node : truth.nodes()) {
            truth.of(node)
                    .forEach((day, is) ->
                            days.put(node + " " + day, amounts(is.earned().toString(), is.inferences())));
        }
        return days;
    }

    private static String amounts(@Nullable String ngonka, long inferences) {
        return ngonka + " ngonka for " + inferences + " inferences";
    }

    private Observations observations(Map<Integer, Long> applied) {
        Observations observations = new Observations();
        SnapshotCodec codec = new SnapshotCodec();
        new TopicReplayListener(Map.of("bootstrap.servers", kafka), Topic.SNAPSHOTS.name(), 1, 32 << 20)
                .read(Map.of(), applied, () -> new RecordSink() {

                    @Override
                    public void take(@Nullable ByteBuffer value, long timestamp) {
                        note(bytes(value), timestamp, codec, observations);
                    }

                    @Override
                    public void leaveOut(long records) {
                        // The live consumer leaves them out, too.
                    }

                    @Override
                    public void close() {
                        // There is nothing to end.
                    }
                });
        return observations;
    }

    private static byte[] bytes(@Nullable ByteBuffer value) {
        byte[] bytes = new byte[value == null ? 0 : value.remaining()];
        if (value != null) {
            value.duplicate().get(bytes);
        }
        return bytes;
    }

    private void note(byte[] value, long timestamp, SnapshotCodec codec, Observations observations) {
        try {
            Snapshot snapshot = codec.decode(value, timestamp);
            Long said = snapshot.origin().height();
            long height =
                    said == null ? network.calendar().heightAt(snapshot.origin().observedAt()) : said;
            if (snapshot instanceof SettledSnapshot) {
                observations.sawSettlement(snapshot.node(), snapshot.epoch(), height);
            } else {
                observations.sawLive(snapshot.node(), snapshot.epoch(), height);
            }
        } catch (UndecodableMessageException e) {
            // The aggregator has set it aside as well.
        }
    }
}

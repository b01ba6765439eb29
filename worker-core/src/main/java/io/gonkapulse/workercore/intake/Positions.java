package io.gonkapulse.workercore.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far a consumer group has applied a topic, in the database: it moves in the transaction that writes the data, so
 * that after a crash the next record is the one after the last applied.
 */
public final class Positions {

    private static final String BEGIN = """
            insert into consumer_offsets (consumer_group, topic, partition, next_offset)
            select ?, ?, partition, 0
              from unnest(?) as wanted (partition)
             order by partition
                on conflict do nothing
            """;

    private static final String READ = """
            select partition, next_offset
              from consumer_offsets
             where consumer_group = ?
               and topic = ?
               and partition = any (?)
            """;

    private static final String MOVE = """
            update consumer_offsets kept
               set next_offset = moved.next_offset,
                   stored = kept.stored + moved.stored,
                   superseded = kept.superseded + moved.superseded,
                   dead_lettered = kept.dead_lettered + moved.dead_lettered,
                   updated_at = now()
              from unnest(?, ?, ?, ?, ?, ?)
                   as moved (partition, expected, next_offset, stored, superseded, dead_lettered)
             where kept.consumer_group = ?
               and kept.topic = ?
               and kept.partition = moved.partition
               and kept.next_offset = moved.expected
            """;

    private final JdbcTemplate jdbc;
    private final String group;
    private final String topic;

    public Positions(JdbcTemplate jdbc, String group, String topic) {
        this.jdbc = jdbc;
        this.group = group;
        this.topic = topic;
    }

    /** The first offset that is not applied yet, for each of these partitions. */
    public Map<Integer, Long> of(Collection<Integer> partitions) {
        Object[] wanted = partitions.toArray();
        return jdbc.execute((ConnectionCallback<Map<Integer, Long>>) connection -> {
            begin(connection, wanted);
            return read(connection, wanted);
        });
    }

    private void begin(Connection connection, Object[] wanted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            ask(connection, statement, wanted);
            statement.executeUpdate();
        }
    }

    private Map<Integer, Long> read(Connection connection, Object[] wanted) throws SQLException {
        Map<Integer, Long> positions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            ask(connection, statement, wanted);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                positions.put(rows.getInt(1), rows.getLong(2));
            }
            return positions;
        }
    }

    private void ask(Connection connection, PreparedStatement statement, Object[] wanted) throws SQLException {
        statement.setString(1, group);
        statement.setString(2, topic);
        statement.setArray(3, connection.createArrayOf("integer", wanted));
    }

    /**
     * Moves from where this consumer left it. What a batch came to is counted once, with the first of its partitions:
     * only the sum over a topic has a meaning.
     *
     * @throws PositionMovedException if somebody else moved it: then nothing of the transaction may remain
     */
    void move(Map<Integer, Long> expected, Map<Integer, Batch.Span> spans, Tally tally) {
        Map<Integer, Batch.Span> sorted = new TreeMap<>(spans);
        int moved = jdbc.update(connection -> {
            PreparedStatement statement = connection.prepareStatement(MOVE);
            Columns columns = new Columns(connection, statement);
            columns.add("integer", sorted.keySet().toArray());
            columns.add("bigint", sorted.keySet().stream().map(expected::get).toArray());
            columns.add("bigint", sorted.values().stream().map(Batch.Span::next).toArray());
            columns.add("bigint", onFirst(tally.stored(), sorted.size()));
            columns.add("bigint", onFirst(tally.superseded(), sorted.size()));
            columns.add("bigint", onFirst(tally.deadLettered(), sorted.size()));
            statement.setString(7, group);
            statement.setString(8, topic);
            return statement;
        });
        if (moved != sorted.size()) {
            throw new PositionMovedException();
        }
    }

    private static Object[] onFirst(long count, int rows) {
        Object[] counts = new Object[rows];
        Arrays.fill(counts, 0L);
        counts[0] = count;
        return counts;
    }

    /** Array parameters, one after the other. */
    private static final class Columns {

        private final Connection connection;
        private final PreparedStatement statement;
        private int next = 1;

        Columns(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        void add(String type, Object[] values) throws SQLException {
            statement.setArray(next++, connection.createArrayOf(type, values));
        }
    }
}

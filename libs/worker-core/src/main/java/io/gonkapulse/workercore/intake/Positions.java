package io.gonkapulse.workercore.intake;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far a consumer group has applied a topic, in the database: it moves in the transaction that writes the data, so
 * that after a crash the next record is the one after the last applied.
 */
public final class Positions {

    private static final String BEGIN = """
            insert into consumer_offsets (consumer_group, topic, partition, next_offset, topic_id)
            select ?, ?, partition, 0, ?
              from unnest(?) as wanted (partition)
             order by partition
                on conflict do nothing
            """;

    private static final String FOLLOW_TOPIC = """
            with kept as (
                select consumer_group, topic, partition, next_offset, topic_id
                  from consumer_offsets
                 where consumer_group = ?
                   and topic = ?
                   and topic_id is distinct from ?
                   and partition = any (?)
                 order by partition
                   for update
            )
            update consumer_offsets followed
               set topic_id = ?,
                   next_offset = case when kept.topic_id is null then kept.next_offset else 0 end,
                   updated_at = now()
              from kept
             where followed.consumer_group = kept.consumer_group
               and followed.topic = kept.topic
               and followed.partition = kept.partition
            returning kept.partition, kept.next_offset, kept.topic_id
            """;

    private static final String READ = """
            select partition, next_offset, topic_id
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
              from unnest(?, ?, ?, ?, ?, ?, ?)
                   as moved (partition, expected, expected_id, next_offset, stored, superseded, dead_lettered)
             where kept.consumer_group = ?
               and kept.topic = ?
               and kept.partition = moved.partition
               and kept.next_offset = moved.expected
               and kept.topic_id is not distinct from moved.expected_id
            """;

    private final JdbcTemplate jdbc;
    private final String group;
    private final String topic;
    private final Supplier<@Nullable UUID> topicId;
    private final Consumer<String> warnings;

    /**
     * The positions of one group in one topic.
     *
     * @param topicId asks the broker for the id of the topic; null where it gives topics none
     * @param warnings hears of a topic that was made anew
     */
    public Positions(
            JdbcTemplate jdbc,
            String group,
            String topic,
            Supplier<@Nullable UUID> topicId,
            Consumer<String> warnings) {
        this.jdbc = jdbc;
        this.group = group;
        this.topic = topic;
        this.topicId = topicId;
        this.warnings = warnings;
    }

    /**
     * The first offset that is not applied yet, for each of these partitions. It is 0 for a topic that was made anew since:
     * what was kept counts records of the topic before.
     */
    Map<Integer, Position> of(Collection<Integer> partitions) {
        Object[] wanted = partitions.toArray();
        @Nullable UUID id = topicId.get();
        return jdbc.execute((ConnectionCallback<Map<Integer, Position>>) connection -> {
            begin(connection, wanted, id);
            if (id != null) {
                followTopic(connection, wanted, id);
            }
            return read(connection, wanted);
        });
    }

    private void begin(Connection connection, Object[] wanted, @Nullable UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            statement.setObject(3, id, Types.OTHER);
            statement.setArray(4, connection.createArrayOf("integer", wanted));
            statement.executeUpdate();
        }
    }

    private void followTopic(Connection connection, Object[] wanted, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FOLLOW_TOPIC)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            statement.setObject(3, id);
            statement.setArray(4, connection.createArrayOf("integer", wanted));
            statement.setObject(5, id);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                @Nullable UUID before = rows.getObject(3, UUID.class);
                if (before != null) {
                    warnings.accept(topic + "-" + rows.getInt(1) + " was made anew: its id is "
                            + TopicIdReader.printed(id) + ", and offset " + rows.getLong(2)
                            + " is kept of the topic with id " + TopicIdReader.printed(before) + ". Group " + group
                            + " reads the new topic from its first record; what it has applied stays");
                }
            }
        }
    }

    private Map<Integer, Position> read(Connection connection, Object[] wanted) throws SQLException {
        Map<Integer, Position> positions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            statement.setArray(3, connection.createArrayOf("integer", wanted));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                positions.put(rows.getInt(1), new Position(rows.getLong(2), rows.getObject(3, UUID.class)));
            }
            return positions;
        }
    }

    /**
     * Moves from where this consumer left it. What a batch came to is counted once, with the first of its partitions:
     * only the sum over a topic has a meaning.
     *
     * @throws PositionMovedException if somebody else moved it: then nothing of the transaction may remain
     */
    void move(Map<Integer, Position> expected, Map<Integer, Batch.Span> spans, Tally tally) {
        Map<Integer, Batch.Span> sorted = new TreeMap<>(spans);
        List<Position> from = sorted.keySet().stream()
                .map(partition -> requireNonNull(expected.get(partition), "where the partition was left"))
                .toList();
        int moved = jdbc.update(connection -> {
            PreparedStatement statement = connection.prepareStatement(MOVE);
            Columns columns = new Columns(connection, statement);
            columns.add("integer", sorted.keySet().toArray());
            columns.add("bigint", from.stream().map(Position::offset).toArray());
            columns.add("uuid", from.stream().map(Position::topicId).toArray());
            columns.add("bigint", sorted.values().stream().map(Batch.Span::next).toArray());
            columns.add("bigint", onFirst(tally.stored(), sorted.size()));
            columns.add("bigint", onFirst(tally.superseded(), sorted.size()));
            columns.add("bigint", onFirst(tally.deadLettered(), sorted.size()));
            statement.setString(8, group);
            statement.setString(9, topic);
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

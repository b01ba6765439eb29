package io.gonkapulse.workercore.consumer;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.workercore.sql.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores the offsets of a consumer group in the database. An offset advances in the transaction
 * that writes the data, so after a crash the consumer continues with the first record that is not
 * applied.
 */
public final class ConsumerOffsetRepository {

    private static final String INSERT_MISSING = """
            insert into consumer_offsets (consumer_group, topic, partition, next_offset, topic_id)
            select ?, ?, partition, 0, ?
              from unnest(?) as wanted (partition)
             order by partition
                on conflict do nothing
            """;

    private static final String UPDATE_TOPIC_ID = """
            with previous as (
                select consumer_group, topic, partition, next_offset, topic_id
                  from consumer_offsets
                 where consumer_group = ?
                   and topic = ?
                   and topic_id is distinct from ?
                   and partition = any (?)
                 order by partition
                   for update
            )
            update consumer_offsets target
               set topic_id = ?,
                   next_offset = case when previous.topic_id is null then previous.next_offset else 0 end,
                   updated_at = now()
              from previous
             where target.consumer_group = previous.consumer_group
               and target.topic = previous.topic
               and target.partition = previous.partition
            returning previous.partition, previous.next_offset, previous.topic_id
            """;

    private static final String SELECT_OFFSETS = """
            select partition, next_offset, topic_id
              from consumer_offsets
             where consumer_group = ?
               and topic = ?
               and partition = any (?)
            """;

    private static final String ADVANCE_OFFSETS = """
            update consumer_offsets target
               set next_offset = advanced.next_offset,
                   stored = target.stored + advanced.stored,
                   superseded = target.superseded + advanced.superseded,
                   dead_lettered = target.dead_lettered + advanced.dead_lettered,
                   updated_at = now()
              from unnest(?, ?, ?, ?, ?, ?, ?)
                   as advanced (partition, expected, expected_id, next_offset, stored, superseded, dead_lettered)
             where target.consumer_group = ?
               and target.topic = ?
               and target.partition = advanced.partition
               and target.next_offset = advanced.expected
               and target.topic_id is not distinct from advanced.expected_id
            """;

    private final JdbcTemplate jdbc;
    private final String group;
    private final String topic;
    private final Supplier<@Nullable UUID> topicId;
    private final Consumer<String> warnings;

    /**
     * Offsets of one group in one topic.
     *
     * @param topicId reads the id of the topic from the broker; null if the broker has no topic ids
     * @param warnings receives a message when the topic was recreated
     */
    public ConsumerOffsetRepository(
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
     * Loads the first offset that is not applied yet. Returns 0 for a recreated topic, because the
     * stored offset counts records of the deleted topic.
     */
    Map<Integer, ConsumerOffset> load(Collection<Integer> partitions) {
        Object[] partitionArray = partitions.toArray();
        @Nullable UUID id = topicId.get();
        return jdbc.execute((ConnectionCallback<Map<Integer, ConsumerOffset>>) connection -> {
            insertMissing(connection, partitionArray, id);
            if (id != null) {
                updateTopicId(connection, partitionArray, id);
            }
            return selectOffsets(connection, partitionArray);
        });
    }

    private void insertMissing(Connection connection, Object[] partitionArray, @Nullable UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_MISSING)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            statement.setObject(3, id, Types.OTHER);
            statement.setArray(4, connection.createArrayOf("integer", partitionArray));
            statement.executeUpdate();
        }
    }

    private void updateTopicId(Connection connection, Object[] partitionArray, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE_TOPIC_ID)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            statement.setObject(3, id);
            statement.setArray(4, connection.createArrayOf("integer", partitionArray));
            statement.setObject(5, id);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                @Nullable UUID previousId = rows.getObject(3, UUID.class);
                if (previousId != null) {
                    warnings.accept(topic + "-" + rows.getInt(1) + " was recreated: its id is "
                            + TopicMetadataReader.format(id) + ", and offset " + rows.getLong(2)
                            + " is stored for the topic with id " + TopicMetadataReader.format(previousId) + ". Group "
                            + group
                            + " reads the new topic from its first record; rows already written stay");
                }
            }
        }
    }

    private Map<Integer, ConsumerOffset> selectOffsets(Connection connection, Object[] partitionArray)
            throws SQLException {
        Map<Integer, ConsumerOffset> offsets = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_OFFSETS)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            statement.setArray(3, connection.createArrayOf("integer", partitionArray));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                offsets.put(rows.getInt(1), new ConsumerOffset(rows.getLong(2), rows.getObject(3, UUID.class)));
            }
            return offsets;
        }
    }

    /**
     * Advances the offsets from the expected ones. Adds the counts to the row of the first
     * partition only: just the sum over a topic is meaningful.
     *
     * @throws ConsumerOffsetConflictException if another consumer changed an offset; the
     *      transaction must roll back
     */
    void advance(
            Map<Integer, ConsumerOffset> expected,
            Map<Integer, ConsumerBatch.PartitionRange> ranges,
            BatchCounts counts) {
        SortedMap<Integer, ConsumerBatch.PartitionRange> sorted = new TreeMap<>(ranges);
        int first = sorted.firstKey();
        int updatedRows = jdbc.update(connection -> {
            PreparedStatement statement = connection.prepareStatement(ADVANCE_OFFSETS);
            new ArrayParameters<>(connection, statement, sorted.entrySet())
                    .add("integer", Map.Entry::getKey)
                    .add("bigint", row -> offsetOf(expected, row.getKey()).offset())
                    .add("uuid", row -> offsetOf(expected, row.getKey()).topicId())
                    .add("bigint", row -> row.getValue().nextOffset())
                    .add("bigint", row -> row.getKey() == first ? counts.stored() : 0)
                    .add("bigint", row -> row.getKey() == first ? counts.superseded() : 0)
                    .add("bigint", row -> row.getKey() == first ? counts.deadLettered() : 0);
            statement.setString(8, group);
            statement.setString(9, topic);
            return statement;
        });
        if (updatedRows != sorted.size()) {
            throw new ConsumerOffsetConflictException();
        }
    }

    private static ConsumerOffset offsetOf(Map<Integer, ConsumerOffset> offsets, int partition) {
        return requireNonNull(offsets.get(partition), "the expected offset of the partition");
    }

    /**
     * How far a partition is applied.
     *
     * @param offset of the first record that is not applied yet
     * @param topicId identifies the topic that the offset belongs to; null if the broker has no topic
     *      ids
     */
    record ConsumerOffset(long offset, @Nullable UUID topicId) {

        ConsumerOffset withOffset(long next) {
            return new ConsumerOffset(next, topicId);
        }
    }

    /** Another consumer advanced the offset of a partition that this consumer regarded as its own. */
    static final class ConsumerOffsetConflictException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ConsumerOffsetConflictException() {
            super("Another consumer advanced the offset of a partition of this batch");
        }
    }
}

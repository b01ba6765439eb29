package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.workercore.sql.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes the offsets that a consumer group has applied. */
final class AppliedOffsetsRepository {

    private static final String READ = """
            select partition, next_offset, topic_id
              from consumer_offsets
             where consumer_group = ?
               and topic = ?
            """;

    private static final String WRITE = """
            insert into consumer_offsets as applied (consumer_group, topic, partition, next_offset, topic_id)
            select ?, ?, next.*
              from unnest(?::integer[], ?::bigint[], ?::uuid[]) as next
             order by 3
                on conflict (consumer_group, topic, partition) do update
               set next_offset = excluded.next_offset,
                   topic_id = excluded.topic_id,
                   updated_at = now()
             where excluded.next_offset > applied.next_offset
            """;

    /**
     * How far a consumer group has applied a topic.
     *
     * @param nextOffsets first offset that is not applied yet, by partition
     * @param topicIds id of the topic that the offset belongs to, by partition, where it is known
     */
    record AppliedOffsets(String group, String topic, Map<Integer, Long> nextOffsets, Map<Integer, UUID> topicIds) {

        AppliedOffsets {
            nextOffsets = Map.copyOf(nextOffsets);
            topicIds = Map.copyOf(topicIds);
        }
    }

    AppliedOffsets read(Connection connection, String group, String topic) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            Map<Integer, Long> next = new HashMap<>();
            Map<Integer, UUID> topicIds = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    next.put(row.getInt(1), row.getLong(2));
                    @Nullable UUID topicId = row.getObject(3, UUID.class);
                    if (topicId != null) {
                        topicIds.put(row.getInt(1), topicId);
                    }
                }
            }
            return new AppliedOffsets(group, topic, next, topicIds);
        }
    }

    /** Offsets never decrease: applied records stay applied. */
    void write(Connection connection, AppliedOffsets offsets) throws SQLException {
        if (offsets.nextOffsets().isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            statement.setString(1, offsets.group());
            statement.setString(2, offsets.topic());
            new ArrayParameters<>(connection, statement, new TreeMap<>(offsets.nextOffsets()).entrySet(), 2)
                    .add("integer", Map.Entry::getKey)
                    .add("bigint", Map.Entry::getValue)
                    .add("uuid", next -> offsets.topicIds().get(next.getKey()));
            statement.executeUpdate();
        }
    }
}

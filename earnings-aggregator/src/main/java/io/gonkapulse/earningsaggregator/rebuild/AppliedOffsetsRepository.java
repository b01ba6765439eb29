package io.gonkapulse.earningsaggregator.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes the offsets that a consumer group has applied. */
public final class AppliedOffsetsRepository {

    private static final String READ = """
            select partition, next_offset, topic_id
              from consumer_offsets
             where consumer_group = ?
               and topic = ?
            """;

    public AppliedOffsets read(Connection connection, String group, String topic) throws SQLException {
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

    /** Only raises offsets; see {@link AppliedOffsetsWriter}. */
    public void write(Connection connection, AppliedOffsets offsets) throws SQLException {
        new AppliedOffsetsWriter().write(connection, offsets);
    }
}

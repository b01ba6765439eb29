package io.gonkapulse.earningsaggregator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Reads how far a consumer group has applied a topic. */
public final class AppliedOffsetsRepository {

    private static final String READ = """
            select partition, next_offset
              from consumer_offsets
             where consumer_group = ?
               and topic = ?
            """;

    public AppliedOffsets read(Connection connection, String group, String topic) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            Map<Integer, Long> next = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    next.put(row.getInt(1), row.getLong(2));
                }
            }
            return new AppliedOffsets(group, topic, next);
        }
    }

    /** For partitions that nobody has begun. */
    public void begin(Connection connection, AppliedOffsets offsets) throws SQLException {
        new OffsetWriter().write(connection, offsets);
    }
}

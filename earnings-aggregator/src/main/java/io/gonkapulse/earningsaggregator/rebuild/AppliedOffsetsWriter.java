package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.ledger.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Writes offsets into {@code consumer_offsets}. They never decrease: applied records stay applied. */
final class AppliedOffsetsWriter {

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

package io.gonkapulse.apigateway.stream;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.epochs.EpochStateReader;
import io.gonkapulse.apigateway.epochs.EpochStateReader.EpochState;
import io.gonkapulse.apigateway.nodes.NodeStateReader;
import io.gonkapulse.apigateway.nodes.NodeStateReader.NodeState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Repository;

/** Reads the states of all watched nodes and of the newest epochs at once. */
@Repository
class StreamStateRepository {

    /**
     * Three statements in one round trip. The first reads the version of the data, as DataVersionMonitor does. The others
     * read nothing while the version is the given one.
     */
    private static final String READ = """
            select case when not pg_is_in_recovery() then pg_current_snapshot()::text end as version;
            """ + NodeStateReader.FIND + ";\n" + EpochStateReader.FIND;

    private final QueryClient queryClient;
    private final NamedParameterJdbcTemplate template;
    private final NodeStateReader nodeReader;

    StreamStateRepository(QueryClient queryClient, GatewayProperties properties, NodeStateReader nodeReader) {
        this.queryClient = queryClient;
        this.template = queryClient.createTemplate(properties.rangeTimeout());
        this.nodeReader = nodeReader;
    }

    /**
     * Reads states.
     *
     * @param identifiers in any order; unknown ones are missing in the result
     * @param knownVersion of an earlier result; if the data are the same, the result has no nodes and no epochs. Null reads always
     */
    StreamState read(List<String> identifiers, LocalDate today, @Nullable String knownVersion) {
        Map<String, Object> parameters = new HashMap<>(NodeStateReader.parameters(identifiers, today));
        parameters.putAll(EpochStateReader.parameters());
        parameters.put("version", knownVersion);
        return queryClient.runRangeQuery(() -> Objects.requireNonNull(
                template.execute(READ, parameters, statement -> read(statement, identifiers, today))));
    }

    private StreamState read(PreparedStatement statement, List<String> identifiers, LocalDate today)
            throws SQLException {
        statement.execute();
        String version;
        try (ResultSet row = statement.getResultSet()) {
            row.next();
            version = row.getString("version");
        }
        statement.getMoreResults();
        Map<String, NodeState> nodes = new HashMap<>();
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                nodes.put(identifiers.get(row.getInt("place") - 1), nodeReader.map(row, today));
            }
        }
        statement.getMoreResults();
        List<EpochState> epochs = new ArrayList<>();
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                EpochState epoch = EpochStateReader.map(row);
                if (epoch != null) {
                    epochs.add(epoch);
                }
            }
        }
        return new StreamState(version, nodes, epochs);
    }

    /**
     * The data of one read.
     *
     * @param version null on a standby server, which has none
     * @param nodes by identifier
     * @param epochs the newest ones, in order
     */
    record StreamState(@Nullable String version, Map<String, NodeState> nodes, List<EpochState> epochs) {}
}

package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.AgedBodyTemplate;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.nodes.NodeResponse.Stats;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/** Maps the columns of the view {@code current_node_stats} to the JSON object of a node. */
@Component
class NodeRowMapper implements RowMapper<NodeResponse> {

    private final FreshnessPolicy freshness;

    NodeRowMapper(FreshnessPolicy freshness) {
        this.freshness = freshness;
    }

    @Override
    public NodeResponse mapRow(ResultSet row, int number) throws SQLException {
        return new NodeResponse(
                row.getObject("node_id", UUID.class),
                row.getString("identifier"),
                row.getString("identifier_type"),
                row.getString("display_name"),
                row.getString("gpu_type"),
                row.getString("region"),
                mapStats(row));
    }

    private @Nullable Stats mapStats(ResultSet row) throws SQLException {
        OffsetDateTime fetched = row.getObject("fetched_at", OffsetDateTime.class);
        if (fetched == null) {
            return null;
        }
        Instant fetchedAt = fetched.toInstant();
        boolean today = isFromToday(row, fetchedAt);
        String status = row.getString("status");
        return new Stats(
                status == null ? "unknown" : status,
                today ? AmountFormatter.formatGnk(row.getBigDecimal("earnings_day")) : null,
                AmountFormatter.formatGnk(row.getBigDecimal("earnings_total")),
                AmountFormatter.stripZeros(row.getBigDecimal("uptime_percent")),
                AmountFormatter.stripZeros(row.getBigDecimal("tokens_per_sec")),
                today ? row.getObject("jobs_day", Integer.class) : null,
                row.getString("active_model"),
                AmountFormatter.stripZeros(row.getBigDecimal("voting_weight")),
                row.getString("source"),
                fetchedAt,
                AgedBodyTemplate.AGE_PLACEHOLDER,
                freshness.isStale(fetchedAt));
    }

    /** Uses the same rule as the sort by earningsDay. An older aggregator writes no earnings_date. */
    private boolean isFromToday(ResultSet row, Instant fetchedAt) throws SQLException {
        LocalDate today = freshness.today();
        LocalDate earnings = row.getObject("earnings_date", LocalDate.class);
        return LocalDate.ofInstant(fetchedAt, ZoneOffset.UTC).equals(today)
                && (earnings == null || earnings.equals(today));
    }
}

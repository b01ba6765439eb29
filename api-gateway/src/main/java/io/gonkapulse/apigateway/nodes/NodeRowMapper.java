package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.epochs.EpochCalendar;
import io.gonkapulse.apigateway.http.AgedBodyTemplate;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.nodes.NodeResponse.Rewards;
import io.gonkapulse.apigateway.nodes.NodeResponse.Stats;
import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/** Maps the columns of the view {@code current_node_stats} and {@link #REWARD_COLUMNS} to the JSON object of a node. */
@Component
class NodeRowMapper implements RowMapper<NodeResponse> {

    /** What a node can claim, from {@link #JOIN_REWARD}. */
    private static final String REWARD_COLUMNS = """
            reward.unclaimed,
            reward.unclaimed_epoch,
            case when reward.unclaimed_epoch is not null then %s end as deadlines""".formatted(EpochCalendar.DEADLINES);

    /** Uses idx_settlements_unclaimed: up to three rows of a node, usually none. */
    private static final String JOIN_REWARD = """
            left join lateral (
                   select sum(settled.rewarded) as unclaimed,
                          min(settled.epoch) filter (where settled.rewarded > 0) as unclaimed_epoch
                     from epoch_settlements settled
                    where settled.node_id = stats.node_id
                      and settled.claim = 'unclaimed') reward
                on true""";

    private static final String INACTIVE = "inactive";
    private static final int RATE_SCALE = 6;

    private final FreshnessPolicy freshness;

    NodeRowMapper(FreshnessPolicy freshness) {
        this.freshness = freshness;
    }

    /** Adds the columns and the join to a statement whose rows of the view are named {@code stats}. */
    static String addRewards(String sql) {
        return sql.replace("@reward_columns", REWARD_COLUMNS).replace("@join_reward", JOIN_REWARD);
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
                mapStats(row),
                mapRewards(row));
    }

    private @Nullable Stats mapStats(ResultSet row) throws SQLException {
        String status = row.getString("status");
        if (INACTIVE.equals(status)) {
            return Stats.inactive(number(row, "last_active_epoch"), exactAmount(row, "earnings_total"));
        }
        OffsetDateTime fetched = row.getObject("fetched_at", OffsetDateTime.class);
        return fetched == null ? null : mapStats(row, status == null ? "unknown" : status, fetched.toInstant());
    }

    private Stats mapStats(ResultSet row, String status, Instant fetchedAt) throws SQLException {
        boolean today = isFromToday(row, fetchedAt);
        Ngonka earningsDay = today ? exactAmount(row, "earnings_day") : null;
        Ngonka earningsTotal = exactAmount(row, "earnings_total");
        Long inferences = number(row, "epoch_inferences");
        Long missed = number(row, "epoch_missed");
        String model = nullIfBlank(row.getString("active_model"));
        String source = row.getString("source");
        OffsetDateTime jailedUntil = row.getObject("jailed_until", OffsetDateTime.class);
        return new Stats(
                status,
                AmountFormatter.formatOptionalGnk(earningsDay),
                AmountFormatter.formatOptionalNgonka(earningsDay),
                AmountFormatter.formatOptionalGnk(earningsTotal),
                AmountFormatter.formatOptionalNgonka(earningsTotal),
                AmountFormatter.stripZeros(row.getBigDecimal("uptime_percent")),
                row.getObject("seen_minutes", Integer.class),
                AmountFormatter.stripZeros(row.getBigDecimal("tokens_per_sec")),
                today ? row.getObject("jobs_day", Integer.class) : null,
                model,
                mapModels(row.getArray("models"), model),
                AmountFormatter.stripZeros(row.getBigDecimal("voting_weight")),
                AmountFormatter.stripZeros(row.getBigDecimal("weight_share")),
                row.getObject("weight_rank", Integer.class),
                row.getString("participant_status"),
                number(row, "gpu_count"),
                jailedUntil == null ? null : jailedUntil.toInstant(),
                missed == null || inferences == null
                        ? null
                        : rate(missed, whole(missed).add(whole(inferences))),
                inferences == null ? null : rate(number(row, "epoch_invalidated"), whole(inferences)),
                number(row, "last_active_epoch"),
                source,
                source == null ? List.of() : List.of(source),
                fetchedAt,
                AgedBodyTemplate.AGE_PLACEHOLDER,
                freshness.isStale(fetchedAt));
    }

    private static Rewards mapRewards(ResultSet row) throws SQLException {
        BigDecimal unclaimed = row.getBigDecimal("unclaimed");
        return Rewards.of(
                unclaimed == null ? Ngonka.ZERO : AmountFormatter.toNgonka(unclaimed),
                EpochCalendar.parse(row.getString("deadlines"), null).claimBefore(number(row, "unclaimed_epoch")));
    }

    /** Uses the same rule as the sort by earningsDay. An older aggregator writes no earnings_date. */
    private boolean isFromToday(ResultSet row, Instant fetchedAt) throws SQLException {
        LocalDate today = freshness.today();
        LocalDate earnings = row.getObject("earnings_date", LocalDate.class);
        return LocalDate.ofInstant(fetchedAt, ZoneOffset.UTC).equals(today)
                && (earnings == null || earnings.equals(today));
    }

    /** An older aggregator updates only the amount in GNK. Then the exact amount is outdated. */
    private static @Nullable Ngonka exactAmount(ResultSet row, String column) throws SQLException {
        BigDecimal gnk = row.getBigDecimal(column);
        BigDecimal whole = row.getBigDecimal(column + "_ngonka");
        if (whole == null) {
            return gnk == null ? null : AmountFormatter.fromGnk(gnk);
        }
        Ngonka exact = AmountFormatter.toNgonka(whole);
        return gnk == null || exact.toGnk().compareTo(gnk) == 0 ? exact : AmountFormatter.fromGnk(gnk);
    }

    /** A message may contain an empty name. */
    private static List<String> mapModels(@Nullable Array models, @Nullable String firstModel) throws SQLException {
        if (models != null) {
            return Arrays.stream((String[]) models.getArray())
                    .filter(model -> !model.isBlank())
                    .toList();
        }
        return firstModel == null ? List.of() : List.of(firstModel);
    }

    private static @Nullable String nullIfBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }

    /** A node can have more requests invalidated than it served in the epoch. The rate is at most 1. */
    private static @Nullable BigDecimal rate(@Nullable Long part, BigDecimal all) {
        return part == null || all.signum() <= 0
                ? null
                : AmountFormatter.stripZeros(whole(part).min(all).divide(all, RATE_SCALE, RoundingMode.HALF_EVEN));
    }

    private static BigDecimal whole(long number) {
        return BigDecimal.valueOf(number);
    }
}

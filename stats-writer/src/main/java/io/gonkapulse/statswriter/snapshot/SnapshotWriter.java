package io.gonkapulse.statswriter.snapshot;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.workercore.sql.ArrayParameters;
import io.gonkapulse.workercore.sql.NodeIdCache;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes merged snapshots: one statement for health, one for weights, one for everything else. */
public final class SnapshotWriter {

    /** Adds bits with OR. The where clause leaves rows alone that would not change, which saves WAL and bloat. */
    private static final String UPSERT_HEALTH = """
            insert into node_health_hourly as existing (node_id, hour, seen, unhealthy, jailed)
            select node_id, to_timestamp(hour), seen, unhealthy, jailed
              from unnest(?, ?, ?, ?, ?) as incoming (node_id, hour, seen, unhealthy, jailed)
             order by node_id, hour
                on conflict (node_id, hour) do update
               set seen = existing.seen | excluded.seen,
                   unhealthy = existing.unhealthy | excluded.unhealthy,
                   jailed = existing.jailed | excluded.jailed
             where existing.seen | excluded.seen <> existing.seen
                or existing.unhealthy | excluded.unhealthy <> existing.unhealthy
                or existing.jailed | excluded.jailed <> existing.jailed
            """;

    /** Looks before it inserts: a conflict locks the row, and so writes WAL, even if nothing changes. */
    private static final String UPSERT_WEIGHT = """
            insert into node_daily as existing (node_id, day, epoch, weight)
            select node_id, day, epoch, weight
              from (select node_id, date '1970-01-01' + epoch_day as day, epoch, weight
                      from unnest(?, ?, ?, ?) as incoming (node_id, epoch_day, epoch, weight)) incoming
             where coalesce(
                       (select known.weight
                          from node_daily known
                         where known.node_id = incoming.node_id
                           and known.day = incoming.day
                           and known.epoch = incoming.epoch),
                       -1) < weight
             order by node_id, day, epoch
                on conflict (node_id, day, epoch) do update
               set weight = excluded.weight
             where excluded.weight > existing.weight
            """;

    /**
     * {@code node_facts} decides which snapshot is newer; stats and names follow. All parts of the
     * statement see the rows as they were before it, so {@code before} has the values that the
     * tracker reported last.
     */
    private static final String UPSERT_NEWEST = """
            with incoming as materialized (
                select *,
                       timestamptz 'epoch' + fresh * interval '1 microsecond' as fetched_at,
                       timestamptz 'epoch' + observed * interval '1 microsecond' as observed_at,
                       timestamptz 'epoch' + jailed_until_second * interval '1 second' as jailed_until
                  from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                       as incoming (node_id, partition, fresh, observed, epoch, inferences, tie, source, status,
                                participant_status, weight, model, display_name, gpu_type, gpu_count,
                                tokens_per_second, jailed_until_second, success_rate, missed, validated,
                                invalidated, models)),
            newer as (
                insert into node_facts as existing
                       (node_id, partition, fetched_at, observed_at, epoch, inferences, tie, participant_status,
                        gpu_count, jailed_until, tracker_success_rate, display_name, gpu_type, missed, validated,
                        invalidated, models)
                select node_id, partition, fetched_at, observed_at, epoch, inferences, tie, participant_status,
                       gpu_count, jailed_until, success_rate, display_name, gpu_type, missed, validated,
                       invalidated, models::text[]
                  from incoming
                 order by node_id
                    on conflict (node_id) do update
                   set partition = excluded.partition,
                       fetched_at = excluded.fetched_at,
                       observed_at = excluded.observed_at,
                       epoch = excluded.epoch,
                       inferences = excluded.inferences,
                       tie = excluded.tie,
                       participant_status = excluded.participant_status,
                       gpu_count = excluded.gpu_count,
                       jailed_until = excluded.jailed_until,
                       tracker_success_rate = excluded.tracker_success_rate,
                       display_name = coalesce(excluded.display_name, existing.display_name),
                       gpu_type = coalesce(excluded.gpu_type, existing.gpu_type),
                       missed = excluded.missed,
                       validated = excluded.validated,
                       invalidated = excluded.invalidated,
                       models = excluded.models
                 where existing.fetched_at is null
                    or (excluded.fetched_at, excluded.observed_at, excluded.epoch, excluded.inferences, excluded.tie)
                       > (existing.fetched_at, existing.observed_at, existing.epoch, existing.inferences, existing.tie)
                returning node_id),
            shown as (
                insert into node_stats_cache as existing
                       (node_id, status, tokens_per_sec, active_model, voting_weight, source, fetched_at)
                select incoming.node_id, incoming.status, incoming.tokens_per_second, incoming.model, incoming.weight, incoming.source,
                       incoming.fetched_at
                  from incoming
                  join newer on newer.node_id = incoming.node_id
                 order by incoming.node_id
                    on conflict (node_id) do update
                   set status = excluded.status,
                       tokens_per_sec = excluded.tokens_per_sec,
                       active_model = excluded.active_model,
                       voting_weight = excluded.voting_weight,
                       source = excluded.source,
                       fetched_at = excluded.fetched_at),
            named as (
                update nodes node
                   set display_name = case
                           when node.display_name is null or node.display_name = before.display_name
                           then coalesce(incoming.display_name, node.display_name)
                           else node.display_name
                       end,
                       gpu_type = case
                           when node.gpu_type is null or node.gpu_type = before.gpu_type
                           then coalesce(incoming.gpu_type, node.gpu_type)
                           else node.gpu_type
                       end
                  from incoming
                  join newer on newer.node_id = incoming.node_id
                  left join node_facts before on before.node_id = incoming.node_id
                 where node.id = incoming.node_id
                   and ((incoming.display_name <> coalesce(node.display_name, '')
                         and coalesce(node.display_name = before.display_name, node.display_name is null))
                     or (incoming.gpu_type <> coalesce(node.gpu_type, '')
                         and coalesce(node.gpu_type = before.gpu_type, node.gpu_type is null))))
            select count(*)
              from newer
            """;

    private final SnapshotCodec codec = new SnapshotCodec();
    private final JdbcTemplate jdbc;
    private final NodeIdCache nodeIds = new NodeIdCache();
    private final Duration healthRetention;
    private final InstantSource clock;

    public SnapshotWriter(JdbcTemplate jdbc, Duration healthRetention, InstantSource clock) {
        this.jdbc = jdbc;
        this.healthRetention = healthRetention;
        this.clock = clock;
    }

    /** Returns the number of snapshots that are now the newest of their nodes. */
    long write(List<NodeSnapshotMerger> nodes) {
        if (nodes.isEmpty()) {
            return 0;
        }
        List<NodeIdentifier> identifiers =
                nodes.stream().map(merger -> merger.node).toList();
        try {
            return requireNonNull(jdbc.execute((ConnectionCallback<Long>) connection -> {
                List<UUID> ids = nodeIds.findOrCreate(connection, identifiers);
                writeHealth(connection, nodes, ids);
                writeWeights(connection, nodes, ids);
                return writeNewest(connection, nodes, ids);
            }));
        } catch (DataIntegrityViolationException e) {
            throw nodeIds.translate(e);
        }
    }

    private record HealthRow(UUID node, long hour, HealthMinutes.HourBits bits) {}

    /** Leaves out minutes that retention would delete at once. */
    private void writeHealth(Connection connection, List<NodeSnapshotMerger> nodes, List<UUID> ids)
            throws SQLException {
        long oldest = clock.instant().minus(healthRetention).getEpochSecond();
        List<HealthRow> rows = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            UUID id = ids.get(i);
            nodes.get(i).health.byHour().forEach((hour, bits) -> {
                if (hour >= oldest) {
                    rows.add(new HealthRow(id, hour, bits));
                }
            });
        }
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT_HEALTH)) {
            new ArrayParameters<>(connection, statement, rows)
                    .add("uuid", HealthRow::node)
                    .add("bigint", HealthRow::hour)
                    .add("bigint", row -> row.bits().seen)
                    .add("bigint", row -> row.bits().unhealthy)
                    .add("bigint", row -> row.bits().jailed);
            statement.executeUpdate();
        }
    }

    private record WeightRow(UUID node, WeightDays.WeightDay day, long weight) {}

    private static void writeWeights(Connection connection, List<NodeSnapshotMerger> nodes, List<UUID> ids)
            throws SQLException {
        List<WeightRow> rows = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            UUID id = ids.get(i);
            nodes.get(i).weights.byDay().forEach((day, max) -> rows.add(new WeightRow(id, day, max.weight)));
        }
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT_WEIGHT)) {
            new ArrayParameters<>(connection, statement, rows)
                    .add("uuid", WeightRow::node)
                    .add("integer", row -> row.day().epochDay())
                    .add("bigint", row -> row.day().epoch())
                    .add("bigint", WeightRow::weight);
            statement.executeUpdate();
        }
    }

    /** Holds no more of the snapshot than the statement needs: a batch may have 100,000 nodes. */
    private record NewestRow(
            UUID node,
            int partition,
            SnapshotVersion version,
            TrackerName source,
            NodeStatus status,
            NodeFacts facts,
            NodeCounters counters) {}

    /** Decodes one snapshot per node: all others of the batch are superseded. */
    private long writeNewest(Connection connection, List<NodeSnapshotMerger> nodes, List<UUID> ids)
            throws SQLException {
        List<NewestRow> rows = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            SnapshotVersion newest = nodes.get(i).newest();
            if (newest != null) {
                LiveSnapshot snapshot = (LiveSnapshot) codec.decode(newest.json());
                rows.add(new NewestRow(
                        ids.get(i),
                        nodes.get(i).partition(),
                        newest,
                        snapshot.origin().tracker(),
                        snapshot.status(),
                        snapshot.facts(),
                        snapshot.counters()));
            }
        }
        if (rows.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT_NEWEST)) {
            new ArrayParameters<>(connection, statement, rows)
                    .add("uuid", NewestRow::node)
                    .add("integer", NewestRow::partition)
                    .add("bigint", row -> row.version().effectiveMicros())
                    .add("bigint", row -> row.version().observedMicros())
                    .add("bigint", row -> row.version().epoch())
                    .add("bigint", row -> row.version().inferences())
                    .add("bigint", row -> row.version().tieBreaker())
                    .add("varchar", row -> row.source().value())
                    .add("varchar", row -> row.status().name().toLowerCase(Locale.ROOT))
                    .add("varchar", row -> row.facts().participantStatus())
                    .add("bigint", row -> row.facts().weight())
                    .add("varchar", row -> row.facts().model())
                    .add("varchar", row -> row.facts().displayName())
                    .add("varchar", row -> row.facts().gpuType())
                    .add("bigint", row -> row.facts().gpuCount())
                    .add("numeric", row -> row.facts().tokensPerSecond())
                    .add("bigint", row -> seconds(row.facts().jailedUntil()))
                    .add("numeric", row -> successRate(row.counters()))
                    .add("bigint", row -> row.counters().missed())
                    .add("bigint", row -> row.counters().validated())
                    .add("bigint", row -> row.counters().invalidated())
                    .add("text", row -> arrayLiteral(row.facts().models()));
            try (ResultSet stored = statement.executeQuery()) {
                return stored.next() ? stored.getLong(1) : 0;
            }
        }
    }

    /** An array within an array parameter would become a further dimension of it, so a row has its array as text. */
    private static String arrayLiteral(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(joining(",", "{", "}"));
    }

    private static @Nullable Long seconds(@Nullable Instant instant) {
        return instant == null ? null : instant.getEpochSecond();
    }

    /** In percent. A node without traffic has no rate. */
    static @Nullable BigDecimal successRate(NodeCounters counters) {
        BigDecimal total = BigDecimal.valueOf(counters.inferences()).add(BigDecimal.valueOf(counters.missed()));
        return total.signum() == 0
                ? null
                : BigDecimal.valueOf(counters.inferences()).movePointRight(2).divide(total, 2, RoundingMode.HALF_EVEN);
    }
}

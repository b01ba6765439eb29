package io.gonkapulse.apigateway.support;

import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.junit.SchemaSetup;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Inserts the rows that the other services would write. */
public final class GatewayTestData {

    private static final long BLOCKS_PER_EPOCH = 15_391;

    private final JdbcClient client;

    private GatewayTestData(JdbcClient client) {
        this.client = client;
    }

    /** Creates the real schema without rows. The database must have no open sessions. */
    public static GatewayTestData in(TestDatabase database) {
        SchemaSetup.create(database, GatewayTestData::migrate);
        return new GatewayTestData(JdbcClient.create(
                new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true)));
    }

    public static void migrate(TestDatabase database) {
        MigrationRunner.migrate(
                DatabaseSettings.of(
                        database.host(), database.port(), database.name(), database.username(), database.password()),
                line -> {});
    }

    public void clear() {
        run("truncate nodes, trackers, tracker_polls, tracker_coverage, consumer_offsets, network_daily cascade");
    }

    public void run(String sql) {
        client.sql(sql).update();
    }

    /** Returns the only value of a query as text. */
    public String selectOne(String sql) {
        return client.sql(sql).query(String.class).single();
    }

    /** Builds a node; {@link TestNodeBuilder#insert} inserts it. */
    public TestNodeBuilder node(String identifier) {
        return new TestNodeBuilder(client, identifier);
    }

    public UUID insertNode(String identifier) {
        return node(identifier).insert();
    }

    /** Marks a node as offline: newer polls of the tracker are applied and do not contain it. */
    public void markOffline(UUID node, String tracker, Instant since) {
        client.sql("""
                        insert into node_facts (node_id, epoch, observed_at, partition)
                        values (?, 77, ?, 3)
                        """).params(node, since.atOffset(ZoneOffset.UTC)).update();
        client.sql("""
                        insert into tracker_coverage (tracker, partition, success_at, pending_at, pending_offset)
                        select name, 3, last_success_at, last_success_at, 0
                          from trackers
                         where name = ?
                            on conflict do nothing
                        """).params(tracker).update();
    }

    public void insertGpuCount(UUID node, long count, Instant now) {
        client.sql("insert into node_facts (node_id, epoch, gpu_count, observed_at) values (?, 77, ?, ?)")
                .params(node, count, now.atOffset(ZoneOffset.UTC))
                .update();
    }

    public void insertEarnings(UUID node, LocalDate date, String ngonka, String state) {
        BigDecimal gnk = new BigDecimal(new BigInteger(ngonka), 9).setScale(8, RoundingMode.HALF_EVEN);
        client.sql("""
                        insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka, source, state)
                        values (?, ?, ?, cast(? as numeric), 'one', ?)
                        """).params(node, date, gnk, ngonka, state).update();
    }

    /** Inserts the settlement of a node for an epoch; {@code forfeited} is null unless the claim is forfeited. */
    public void insertSettlement(
            UUID node, long epoch, Instant settledAt, String rewarded, String claim, @Nullable Instant forfeited) {
        client.sql("""
                        insert into epoch_settlements
                               (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim,
                                approximate, settled_at, settled_height, forfeited_at, source, observed_at)
                        values (?, ?, 3805, 1106, 1, 1072, 8, cast(? as numeric), ?, false, ?, ?, ?, 'one', ?)
                        """)
                .params(Arrays.asList(
                        node,
                        epoch,
                        rewarded,
                        claim,
                        settledAt.atOffset(ZoneOffset.UTC),
                        epoch * BLOCKS_PER_EPOCH,
                        forfeited == null ? null : forfeited.atOffset(ZoneOffset.UTC),
                        settledAt.atOffset(ZoneOffset.UTC)))
                .update();
    }

    /** Inserts many days at once. */
    public void insertEarnings(UUID node, Map<LocalDate, BigInteger> days, String state) {
        client.sql("""
                        insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka, source, state)
                        select :node, day, ngonka_to_gnk(ngonka), ngonka, 'one', :state
                          from unnest(string_to_array(:days, ',')::date[], string_to_array(:amounts, ',')::numeric[])
                               as one (day, ngonka)
                        """)
                .param("node", node)
                .param("state", state)
                .param("days", joinValues(days.keySet()))
                .param("amounts", joinValues(days.values()))
                .update();
    }

    /** Counts the nodes with earnings from the days of a bucket that are in the range. */
    public long countEarningNodes(String interval, LocalDate bucket, LocalDate from, LocalDate to) {
        return client.sql("""
                        select count(distinct node_id)
                          from earnings_history
                         where date between ? and ?
                           and date_trunc(?, date::timestamp)::date = ?
                           and earnings_ngonka > 0
                        """)
                .params(from, to, interval, bucket)
                .query(Long.class)
                .single();
    }

    private static String joinValues(Collection<?> parts) {
        return parts.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    public void insertHealth(UUID node, Instant hour, long seen, long unhealthy, long jailed) {
        client.sql("insert into node_health_hourly (node_id, hour, seen, unhealthy, jailed) values (?, ?, ?, ?, ?)")
                .params(node, hour.atOffset(ZoneOffset.UTC), seen, unhealthy, jailed)
                .update();
    }

    /** Inserts a tracker that knows no block. */
    public void insertTracker(String name, Instant lastSuccess) {
        client.sql("""
                        insert into trackers
                               (name, kind, interval_ms, owner, url, last_poll_at, last_success_at, outcome, epoch,
                                avg_block_seconds, next_epoch_height, catching_up)
                        values (?, 'gonka-tracker', 60000, 'poller-1', 'https://u:secret@tracker.example/base?key=secret',
                                ?, ?, 'ok', 77, 6.02, 5000, false)
                        """)
                .params(name, lastSuccess.atOffset(ZoneOffset.UTC), lastSuccess.atOffset(ZoneOffset.UTC))
                .update();
    }

    public void insertTracker(String name, Instant lastSuccess, long height, Instant blockTime) {
        insertTracker(name, lastSuccess);
        client.sql("update trackers set height = ?, block_time = ? where name = ?")
                .params(height, blockTime.atOffset(ZoneOffset.UTC), name)
                .update();
    }

    public void insertPoll(String tracker, Instant startedAt, String outcome, long durationMillis) {
        client.sql("""
                        insert into tracker_polls (tracker, started_at, poll_id, purpose, outcome, duration_ms)
                        values (?, ?, gen_random_uuid()::text, 'current', ?, ?)
                        """)
                .params(tracker, startedAt.atOffset(ZoneOffset.UTC), outcome, durationMillis)
                .update();
    }
}

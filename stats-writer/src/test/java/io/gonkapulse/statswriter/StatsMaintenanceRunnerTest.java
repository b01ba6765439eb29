package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.statswriter.maintenance.StatsMaintenanceRunner;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealInfrastructure
class StatsMaintenanceRunnerTest {

    private static final int NODES = 5;
    private static final List<NodeStatus> STATUSES = List.of(NodeStatus.values());

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-02T10:00:00Z"));
    private final StatsTablesFixture tables;
    private final StatsMaintenanceRunner maintenance;

    StatsMaintenanceRunnerTest(TestDatabase database) {
        tables = new StatsTablesFixture(database, clock);
        maintenance = new StatsMaintenanceRunner(tables.jdbc, clock);
    }

    @BeforeAll
    static void createSchema(TestDatabase database) {
        StatsWriterFixture.createSchema(database);
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-02T10:00:00Z", "2026-03-02T10:17:31Z", "2026-03-02T10:59:59.9Z"})
    void computesUptimeOfSeenMinutes(String time) {
        Instant now = Instant.parse(time);
        Random random = new Random(7);
        List<LiveSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            snapshots.add(TestMessages.live()
                    .node(TestMessages.node(random.nextInt(NODES)))
                    .at(now.minusSeconds(random.nextInt(26 * 3_600)))
                    .status(STATUSES.get(random.nextInt(STATUSES.size())))
                    .build());
        }
        snapshots.add(TestMessages.live()
                .node(TestMessages.node(NODES))
                .at(now.minus(Duration.ofHours(30)))
                .build());
        clock.setTo(now);
        tables.apply(snapshots);

        maintenance.recomputeUptime();

        for (int node = 0; node <= NODES; node++) {
            assertThat(uptime(node)).as("node " + node).isEqualTo(expected(snapshots, node, now));
        }
    }

    private @Nullable BigDecimal uptime(int node) {
        return tables.jdbc.queryForObject(
                "select uptime_percent from node_stats_cache join nodes on id = node_id where identifier = ?",
                BigDecimal.class,
                TestMessages.node(node).value());
    }

    private static @Nullable BigDecimal expected(List<LiveSnapshot> snapshots, int node, Instant now) {
        Map<Instant, Boolean> minutes = new TreeMap<>();
        Instant first = now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(1_439));
        for (LiveSnapshot snapshot : snapshots) {
            Instant minute = snapshot.origin().observedAt().truncatedTo(ChronoUnit.MINUTES);
            if (snapshot.node().equals(TestMessages.node(node))
                    && !minute.isBefore(first)
                    && snapshot.status() != NodeStatus.UNKNOWN) {
                minutes.merge(minute, snapshot.status() == NodeStatus.HEALTHY, Boolean::logicalAnd);
            }
        }
        long healthy = minutes.values().stream().filter(Boolean::booleanValue).count();
        return minutes.isEmpty()
                ? null
                : BigDecimal.valueOf(100 * healthy).divide(BigDecimal.valueOf(minutes.size()), 2, RoundingMode.HALF_UP);
    }

    @Test
    void storesSeenMinutes() {
        Instant now = clock.instant();
        List<LiveSnapshot> snapshots = new ArrayList<>();
        for (int minutes = 0; minutes < 2_000; minutes++) {
            snapshots.add(snapshot(0, now.minusSeconds(60L * minutes)));
            if (minutes < 69) {
                snapshots.add(snapshot(1, now.minusSeconds(60L * minutes)));
            }
            if (minutes < 3) {
                snapshots.add(snapshot(3, now.minusSeconds(60L * minutes)));
            }
        }
        snapshots.add(snapshot(2, now.minus(Duration.ofHours(30))));
        tables.apply(snapshots);

        maintenance.recomputeUptime();

        assertThat(seenMinutes(0)).isEqualTo(1_440);
        assertThat(seenMinutes(1)).as("69 minutes, in tens").isEqualTo(60);
        assertThat(seenMinutes(2)).isZero();
        assertThat(seenMinutes(3)).isEqualTo(3);
    }

    private static LiveSnapshot snapshot(int node, Instant at) {
        return TestMessages.live().node(TestMessages.node(node)).at(at).build();
    }

    private @Nullable Integer seenMinutes(int node) {
        return tables.jdbc.queryForObject(
                "select seen_minutes from node_facts join nodes on id = node_id where identifier = ?",
                Integer.class,
                TestMessages.node(node).value());
    }

    @Test
    void ranksByWeight() {
        tracker(105);
        tables.apply(List.of(
                weight(0, 105, 10L),
                weight(1, 105, 30L),
                weight(2, 105, 10L),
                weight(3, 104, 90L),
                weight(4, 105, null)));
        tables.owner.update("update node_facts set weight_rank = 7, weight_share = 0.5");

        maintenance.rankWeights();

        assertThat(ranks())
                .containsOnly(
                        Map.entry(0, "2 0.20000000"),
                        Map.entry(1, "1 0.60000000"),
                        Map.entry(2, "2 0.20000000"),
                        Map.entry(3, "null null"),
                        Map.entry(4, "null null"));
    }

    @Test
    void ranksNoDeletedNode() {
        tracker(105);
        tables.apply(List.of(weight(0, 105, 10L), weight(1, 105, 30L)));
        tables.owner.update(
                "update nodes set deleted_at = now() where identifier = ?",
                TestMessages.node(1).value());

        maintenance.rankWeights();

        assertThat(ranks()).containsOnly(Map.entry(0, "1 1.00000000"), Map.entry(1, "null null"));
    }

    @Test
    void secondRankingWritesNothing() {
        tracker(105);
        tables.apply(List.of(weight(0, 105, 10L), weight(1, 104, 30L)));
        maintenance.rankWeights();
        String before = rowVersions();

        maintenance.rankWeights();

        assertThat(rowVersions()).isEqualTo(before);
    }

    @Test
    void sharesOfNoWeightAreUnknown() {
        tracker(105);
        tables.apply(List.of(weight(0, 105, 0L), weight(1, 105, 0L)));

        maintenance.rankWeights();

        assertThat(ranks()).containsOnly(Map.entry(0, "1 null"), Map.entry(1, "1 null"));
    }

    private void tracker(long epoch) {
        tables.owner.update(
                "insert into trackers (name, kind, interval_ms, epoch, last_success_at) values ('a', 'k', 1000, ?, now())",
                epoch);
    }

    private LiveSnapshot weight(int node, long epoch, @Nullable Long weight) {
        return TestMessages.live()
                .node(TestMessages.node(node))
                .epoch(epoch)
                .at(clock.instant())
                .weight(weight)
                .build();
    }

    /** Rank and share, by number of the node. */
    private Map<Integer, String> ranks() {
        Map<Integer, String> ranks = new TreeMap<>();
        for (int node = 0; node < NODES; node++) {
            List<String> found = tables.jdbc.queryForList(
                    """
                    select coalesce(weight_rank::text, 'null') || ' ' || coalesce(weight_share::text, 'null')
                      from node_facts
                      join nodes on id = node_id
                     where identifier = ?
                    """, String.class, TestMessages.node(node).value());
            if (!found.isEmpty()) {
                ranks.put(node, found.get(0));
            }
        }
        return ranks;
    }

    private String rowVersions() {
        return String.valueOf(tables.jdbc.queryForObject(
                "select string_agg(ctid::text || xmax::text, ' ' order by node_id) from node_facts", String.class));
    }

    @Test
    void uptimeExpiresWithoutNewSnapshots() {
        tables.apply(List.of(TestMessages.live().at(clock.instant()).build()));
        maintenance.recomputeUptime();
        assertThat(uptime(1)).isEqualTo("100.00");

        clock.advance(Duration.ofHours(25));
        maintenance.recomputeUptime();

        assertThat(uptime(1)).isNull();
    }

    @Test
    void deletesExpiredRowsAndKeepsStats() {
        Instant old = clock.instant().minus(Duration.ofDays(89));
        tables.apply(List.of(
                TestMessages.live().at(old).build(),
                TestMessages.live()
                        .node(TestMessages.node(2))
                        .at(clock.instant())
                        .build()));
        tables.jdbc.update("""
                insert into tracker_polls (tracker, started_at, poll_id, purpose, outcome, duration_ms)
                select 'a', '2026-03-02T10:00:00Z'::timestamptz - hours * interval '1 hour', 'p', 'current', 'ok', 1
                  from generate_series(0, 12000) hours
                """);
        clock.advance(Duration.ofDays(2));

        maintenance.deleteExpired(Duration.ofDays(90), Duration.ofDays(30));

        assertThat(count("node_health_hourly")).isEqualTo(1);
        assertThat(count("tracker_polls")).isEqualTo(28 * 24 + 1);
        assertThat(count("node_stats_cache")).isEqualTo(2);
    }

    @Test
    void doesNotWriteExpiredMinutes() {
        tables.apply(List.of(TestMessages.live()
                .at(clock.instant().minus(Duration.ofDays(91)))
                .build()));

        assertThat(count("node_health_hourly")).isZero();
        assertThat(count("node_stats_cache")).isEqualTo(1);
    }

    @Test
    void onlyOneWriterRunsMaintenance(TestDatabase database) throws Exception {
        tables.apply(List.of(TestMessages.live().at(clock.instant()).build()));
        try (var other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(" + 0x676f_6e6b_6101L + ")");
            maintenance.recomputeUptime();
            assertThat(uptime(1)).isNull();
        }
    }

    private long count(String table) {
        Long rows = tables.jdbc.queryForObject("select count(*) from " + table, Long.class);
        return rows == null ? 0 : rows;
    }
}

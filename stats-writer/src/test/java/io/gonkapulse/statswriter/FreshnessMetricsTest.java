package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.statswriter.maintenance.FreshnessMetrics;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@RealInfrastructure
class FreshnessMetricsTest {

    private static final Duration TTL = Duration.ofMinutes(3);

    private final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
    private final SteppedClock clock = SteppedClock.at(now);
    private final TestDatabase database;
    private final StatsTablesFixture tables;

    FreshnessMetricsTest(TestDatabase database) {
        this.database = database;
        tables = new StatsTablesFixture(database, clock);
    }

    @BeforeAll
    static void createSchema(TestDatabase database) {
        StatsWriterFixture.createSchema(database);
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    @Test
    void agesGrowFromNewestRow() {
        tracker("a", 60_000, now.minusSeconds(10), now.minusSeconds(70));
        tables.apply(List.of(
                TestMessages.live()
                        .node(TestMessages.node(1))
                        .tracker("a")
                        .at(now.minusSeconds(20))
                        .build(),
                TestMessages.live()
                        .node(TestMessages.node(2))
                        .tracker("a")
                        .at(now.minusSeconds(400))
                        .build()));
        SimpleMeterRegistry meters = refreshedMeters();

        clock.advance(Duration.ofSeconds(5));

        assertThat(gaugeValues(meters))
                .containsEntry("gonkapulse.tracker.interval a", 60.0)
                .containsEntry("gonkapulse.tracker.poll.age a", 15.0)
                .containsEntry("gonkapulse.tracker.success.age a", 75.0)
                .containsEntry("gonkapulse.tracker.snapshot.age a", 25.0)
                .containsEntry("gonkapulse.nodes a fresh", 1.0)
                .containsEntry("gonkapulse.nodes a stale", 1.0)
                .containsEntry("gonkapulse.nodes a offline", 0.0);
    }

    /** The gauges must agree with view {@code current_node_stats}. */
    @ParameterizedTest
    @CsvSource({"105, 1, 0", "106, 0, 1"})
    void countsMatchView(long runningEpoch, long offline, long inactive) {
        tracker("a", 60_000, now, now);
        tables.apply(List.of(
                TestMessages.live()
                        .node(TestMessages.node(1))
                        .tracker("a")
                        .at(now.minusSeconds(20))
                        .build(),
                TestMessages.live()
                        .node(TestMessages.node(2))
                        .tracker("a")
                        .at(now.minusSeconds(400))
                        .build()));
        JdbcTemplate operator = new JdbcTemplate(database.dataSource());
        operator.update("update trackers set epoch = ?", runningEpoch);
        operator.update("""
                insert into tracker_coverage (tracker, partition, pending_at, pending_offset)
                values ('a', 0, now(), 1)
                """);
        operator.update("""
                insert into consumer_offsets (consumer_group, topic, partition, next_offset)
                values ('stats-writer', 'tracker.snapshots', 0, 2)
                """);

        assertThat(operator.queryForList("select status from current_node_stats", String.class))
                .containsExactlyInAnyOrder("healthy", offline == 1 ? "offline" : "inactive");
        assertThat(gaugeValues(refreshedMeters()))
                .containsEntry("gonkapulse.nodes a fresh", 1.0)
                .containsEntry("gonkapulse.nodes a stale", 0.0)
                .containsEntry("gonkapulse.nodes a offline", (double) offline)
                .containsEntry("gonkapulse.nodes a inactive", (double) inactive);
    }

    @Test
    void unknownTimesHaveNoGauge() {
        tracker("settlements-only", 60_000, now, now);
        tracker("never-answered", 60_000, now, null);
        tables.apply(List.of(TestMessages.live().tracker("given-up").at(now).build()));

        assertThat(gaugeValues(refreshedMeters()))
                .containsOnlyKeys(
                        "gonkapulse.tracker.interval never-answered",
                        "gonkapulse.tracker.interval settlements-only",
                        "gonkapulse.tracker.poll.age never-answered",
                        "gonkapulse.tracker.poll.age settlements-only",
                        "gonkapulse.tracker.success.age settlements-only");
    }

    @Test
    void dropsGaugesOfRemovedTracker() {
        tracker("a", 60_000, now, now);
        tables.apply(List.of(TestMessages.live().tracker("a").at(now).build()));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FreshnessMetrics metrics = new FreshnessMetrics(tables.jdbc, TTL, clock, meters);
        metrics.refresh();
        assertThat(gaugeValues(meters)).isNotEmpty().isEqualTo(gaugeValues(refreshedMeters()));

        new JdbcTemplate(database.dataSource()).update("delete from trackers");
        metrics.refresh();

        assertThat(gaugeValues(meters)).isEmpty();
    }

    @Test
    void agesGrowDuringDatabaseOutage() {
        tracker("a", 60_000, now, now);
        SingleConnectionDataSource session =
                new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FreshnessMetrics metrics = new FreshnessMetrics(new JdbcTemplate(session), TTL, clock, meters);
        metrics.refresh();
        session.destroy();
        session.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");

        clock.advance(Duration.ofMinutes(1));
        metrics.refresh();

        assertThat(gaugeValues(meters)).containsEntry("gonkapulse.tracker.poll.age a", 60.0);
    }

    private SimpleMeterRegistry refreshedMeters() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new FreshnessMetrics(tables.jdbc, TTL, clock, meters).refresh();
        return meters;
    }

    private void tracker(String name, long intervalMillis, Instant poll, @Nullable Instant success) {
        tables.jdbc.update(
                """
                insert into trackers (name, kind, interval_ms, last_poll_at, last_success_at)
                values (?, 'gonka-tracker', ?, ?, ?)
                """,
                name,
                intervalMillis,
                poll.atOffset(ZoneOffset.UTC),
                success == null ? null : success.atOffset(ZoneOffset.UTC));
    }

    private static Map<String, Double> gaugeValues(SimpleMeterRegistry meters) {
        Map<String, Double> shown = new TreeMap<>();
        for (Meter meter : meters.getMeters()) {
            String state = meter.getId().getTag("state");
            shown.put(
                    meter.getId().getName()
                            + ' '
                            + meter.getId().getTag("tracker")
                            + (state == null ? "" : ' ' + state),
                    meters.get(meter.getId().getName())
                            .tags(meter.getId().getTags())
                            .gauge()
                            .value());
        }
        return shown;
    }
}

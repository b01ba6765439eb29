package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.statswriter.freshness.FreshnessMetrics;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.Messages;
import io.gonkapulse.testkit.network.time.SteppedClock;
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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@RealInfrastructure
class FreshnessTest {

    private static final Duration TTL = Duration.ofMinutes(3);

    private final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
    private final SteppedClock clock = SteppedClock.at(now);
    private final TestDatabase database;
    private final Tables tables;

    FreshnessTest(TestDatabase database) {
        this.database = database;
        tables = new Tables(database, clock);
    }

    @BeforeAll
    static void schema(TestDatabase database) {
        RunningWriter.createSchema(database);
    }

    @BeforeEach
    void clear() {
        tables.clear();
    }

    @Test
    void agesAreThoseOfTheNewestAndGoOnGrowing() {
        tracker("a", 60_000, now.minusSeconds(10), now.minusSeconds(70));
        tables.apply(List.of(
                Messages.live()
                        .node(Messages.node(1))
                        .tracker("a")
                        .at(now.minusSeconds(20))
                        .build(),
                Messages.live()
                        .node(Messages.node(2))
                        .tracker("a")
                        .at(now.minusSeconds(400))
                        .build()));
        SimpleMeterRegistry meters = looked();

        clock.advance(Duration.ofSeconds(5));

        assertThat(shown(meters))
                .containsEntry("gonkapulse.tracker.interval a", 60.0)
                .containsEntry("gonkapulse.tracker.poll.age a", 15.0)
                .containsEntry("gonkapulse.tracker.success.age a", 75.0)
                .containsEntry("gonkapulse.tracker.snapshot.age a", 25.0)
                .containsEntry("gonkapulse.nodes a fresh", 1.0)
                .containsEntry("gonkapulse.nodes a stale", 1.0)
                .containsEntry("gonkapulse.nodes a offline", 0.0);
    }

    /** The view and the meters must not disagree. */
    @Test
    void whoIsOfflineIsAsInTheView() {
        tracker("a", 60_000, now, now);
        tables.apply(List.of(
                Messages.live()
                        .node(Messages.node(1))
                        .tracker("a")
                        .at(now.minusSeconds(20))
                        .build(),
                Messages.live()
                        .node(Messages.node(2))
                        .tracker("a")
                        .at(now.minusSeconds(400))
                        .build()));
        JdbcTemplate operator = new JdbcTemplate(database.dataSource());
        operator.update("""
                insert into tracker_coverage (tracker, partition, pending_at, pending_offset)
                values ('a', 0, now(), 1)
                """);
        operator.update("""
                insert into consumer_offsets (consumer_group, topic, partition, next_offset)
                values ('stats-writer', 'tracker.snapshots', 0, 2)
                """);

        assertThat(operator.queryForObject("select count(*) from current_node_stats where offline", Long.class))
                .isOne();
        assertThat(shown(looked()))
                .containsEntry("gonkapulse.nodes a fresh", 1.0)
                .containsEntry("gonkapulse.nodes a stale", 0.0)
                .containsEntry("gonkapulse.nodes a offline", 1.0);
    }

    @Test
    void whatNobodyHasSeenIsNotShown() {
        tracker("settlements-only", 60_000, now, now);
        tracker("never-answered", 60_000, now, null);
        tables.apply(List.of(Messages.live().tracker("given-up").at(now).build()));

        assertThat(shown(looked()))
                .containsOnlyKeys(
                        "gonkapulse.tracker.interval never-answered",
                        "gonkapulse.tracker.interval settlements-only",
                        "gonkapulse.tracker.poll.age never-answered",
                        "gonkapulse.tracker.poll.age settlements-only",
                        "gonkapulse.tracker.success.age settlements-only");
    }

    @Test
    void aTrackerThatIsRemovedIsNoLongerWatchedAndAnotherWriterShowsTheSame() {
        tracker("a", 60_000, now, now);
        tables.apply(List.of(Messages.live().tracker("a").at(now).build()));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FreshnessMetrics metrics = new FreshnessMetrics(tables.jdbc, TTL, clock, meters);
        metrics.look();
        assertThat(shown(meters)).isNotEmpty().isEqualTo(shown(looked()));

        new JdbcTemplate(database.dataSource()).update("delete from trackers");
        metrics.look();

        assertThat(shown(meters)).isEmpty();
    }

    @Test
    void agesGrowWhileTheDatabaseDoesNotAnswer() {
        tracker("a", 60_000, now, now);
        SingleConnectionDataSource session =
                new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FreshnessMetrics metrics = new FreshnessMetrics(new JdbcTemplate(session), TTL, clock, meters);
        metrics.look();
        session.destroy();
        session.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");

        clock.advance(Duration.ofMinutes(1));
        metrics.look();

        assertThat(shown(meters)).containsEntry("gonkapulse.tracker.poll.age a", 60.0);
    }

    private SimpleMeterRegistry looked() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new FreshnessMetrics(tables.jdbc, TTL, clock, meters).look();
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

    private static Map<String, Double> shown(SimpleMeterRegistry meters) {
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

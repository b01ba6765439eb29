package io.gonkapulse.chaos;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.chaos.TopicRecords.Place;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.store.Verification;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/** Once nobody publishes any more: is all that stands in the tables the truth, and is nothing else there? */
final class Reckoning {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST_SHOWN = 5;
    private static final Topic SNAPSHOTS = Topic.SNAPSHOTS;
    private static final Topic POLLS = Topic.POLLS;

    private final Fleet fleet;
    private final JdbcTemplate jdbc;
    private final Tables tables;
    private final BadRecordPublisher bad;
    private final InstantSource clock;

    Reckoning(Fleet fleet, BadRecordPublisher bad, InstantSource clock) {
        this.fleet = fleet;
        this.clock = clock;
        this.jdbc = fleet.store().jdbc();
        this.tables = new Tables(jdbc);
        this.bad = bad;
    }

    /** Returns how many rows were compared. */
    int hold() throws SQLException {
        awaitPositions();
        TopicRecords snapshotRecords = TopicRecords.of(SNAPSHOTS.name(), fleet.bootstrapServers());
        TopicRecords pollRecords = TopicRecords.of(POLLS.name(), fleet.bootstrapServers());
        List<Snapshot> snapshots = snapshotRecords.valuesBut(bad.places()).stream()
                .map(new SnapshotCodec()::decode)
                .toList();
        List<Poll> polls = pollRecords.valuesBut(bad.places()).stream()
                .map(new PollCodec()::decode)
                .toList();
        assertThat(snapshots).isNotEmpty();
        requireAllThatWasTaken(snapshots, polls);
        int rows = compare(snapshots, polls);
        assertThat(new Verification(requireNonNull(jdbc.getDataSource()))
                        .run(difference -> {})
                        .differences())
                .isZero();
        requireOnlyBadRecordsAside();
        return rows;
    }

    /** The tables are held against what the topic has; so what Kafka once took must still be in the topic. */
    private static void requireAllThatWasTaken(List<Snapshot> snapshots, List<Poll> polls) {
        Map<String, Long> there = snapshots.stream()
                .collect(groupingBy(snapshot -> snapshot.origin().pollId(), counting()));
        assertThat(polls)
                .allSatisfy(poll -> assertThat(there.getOrDefault(poll.pollId(), 0L))
                        .as("snapshots of %s", poll)
                        .isGreaterThanOrEqualTo(poll.counts().published()));
    }

    private void awaitPositions() {
        await("received = stored + superseded + dead-lettered")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(tables.rows(Tables.POSITIONS)).isEqualTo(positions()));
    }

    private Map<String, String> positions() {
        long snapshots =
                TopicRecords.of(SNAPSHOTS.name(), fleet.bootstrapServers()).end();
        long polls = TopicRecords.of(POLLS.name(), fleet.bootstrapServers()).end();
        String ofSnapshots =
                snapshots + " " + snapshots + " " + bad.places(SNAPSHOTS).size();
        return Map.of(
                "stats-writer " + SNAPSHOTS.name(), ofSnapshots,
                "earnings-aggregator " + SNAPSHOTS.name(), ofSnapshots,
                "stats-writer " + POLLS.name(),
                        polls + " " + polls + " " + bad.places(POLLS).size());
    }

    private int compare(List<Snapshot> snapshots, List<Poll> polls) {
        EarningsOracle earnings = new EarningsOracle(fleet.world().network(), snapshots, clock.instant());
        FreshnessOracle fresh = new FreshnessOracle(fleet.world().network(), snapshots, polls);
        Map<String, String> totals = new HashMap<>();
        earnings.totals().forEach((node, total) -> totals.put(node, total.toString()));
        List<String> wrong = new ArrayList<>();
        int rows = compare(wrong, "nodes", Tables.NODES, fresh.nodes())
                + compare(wrong, "node_facts", Tables.FACTS, fresh.facts())
                + compare(wrong, "node_health_hourly", Tables.HEALTH, fresh.health())
                + compare(wrong, "trackers", Tables.TRACKERS, fresh.trackers())
                + compare(wrong, "tracker_polls", Tables.POLLS, fresh.polls())
                + compare(wrong, "earnings_ledger", Tables.LEDGER, earnings.ledger())
                + compare(wrong, "epoch_settlements", Tables.SETTLEMENTS, earnings.settlements())
                + compare(wrong, "earnings_history", Tables.HISTORY, earnings.history())
                + compare(wrong, "node_earnings", Tables.TOTALS, totals)
                + compare(wrong, "earnings_daily", Tables.DAILY, earnings.daily())
                + compare(wrong, "all else", Tables.OTHERS, nothing());
        assertThat(wrong).isEmpty();
        return rows + compareStats(earnings, fresh);
    }

    /** Today's figures follow within a second or so. */
    private int compareStats(EarningsOracle earnings, FreshnessOracle fresh) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> wrong = new ArrayList<>();
            compare(wrong, "node_stats_cache", Tables.STATS, fresh.stats(earnings, today()));
            assertThat(wrong).isEmpty();
        });
        return fresh.stats(earnings, today()).size();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static Map<String, String> nothing() {
        Map<String, String> none = new HashMap<>();
        Set.of("users", "user_nodes", "node_requests", "prepared", "deleted", "coverage of unknown trackers")
                .forEach(table -> none.put(table, "0"));
        return none;
    }

    private int compare(List<String> wrong, String table, String question, Map<String, String> expected) {
        Map<String, String> found = tables.rows(question);
        Set<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        keys.stream()
                .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
                .limit(MOST_SHOWN)
                .forEach(key ->
                        wrong.add(table + " " + key + ": expected " + expected.get(key) + ", found " + found.get(key)));
        return expected.size();
    }

    private void requireOnlyBadRecordsAside() {
        Map<Topic, Set<Place>> expected = Map.of(
                SNAPSHOTS.deadLettersOf("stats-writer"), bad.places(SNAPSHOTS),
                SNAPSHOTS.deadLettersOf("earnings-aggregator"), bad.places(SNAPSHOTS),
                POLLS.deadLettersOf("stats-writer"), bad.places(POLLS),
                Topic.COMMANDS.deadLettersOf("tracker-poller"), bad.places(Topic.COMMANDS));
        expected.forEach((letters, places) -> assertThat(TopicRecords.of(letters.name(), fleet.bootstrapServers())
                        .sources())
                .as(letters.name())
                .isEqualTo(places));
    }
}

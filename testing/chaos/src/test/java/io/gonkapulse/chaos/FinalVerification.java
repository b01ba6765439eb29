package io.gonkapulse.chaos;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.chaos.TopicRecords.RecordLocation;
import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.verify.HistoryCheck;
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

/** Compares all tables with the oracles after the pollers have stopped, and finds unexpected rows. */
final class FinalVerification {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int MAX_SHOWN = 5;
    private static final KafkaTopic SNAPSHOTS = KafkaTopic.SNAPSHOTS;
    private static final KafkaTopic POLLS = KafkaTopic.POLLS;

    private final SystemUnderTest system;
    private final JdbcTemplate jdbc;
    private final ChaosTableReader tables;
    private final BadRecordPublisher badRecords;
    private final InstantSource clock;

    FinalVerification(SystemUnderTest system, BadRecordPublisher badRecords, InstantSource clock) {
        this.system = system;
        this.clock = clock;
        this.jdbc = system.database().jdbc();
        this.tables = new ChaosTableReader(jdbc);
        this.badRecords = badRecords;
    }

    /** Returns the number of compared rows. */
    int verify() throws SQLException {
        awaitOffsets();
        TopicRecords snapshotRecords = TopicRecords.of(SNAPSHOTS.name(), system.bootstrapServers());
        TopicRecords pollRecords = TopicRecords.of(POLLS.name(), system.bootstrapServers());
        List<Snapshot> snapshots = snapshotRecords.valuesExcept(badRecords.locations()).stream()
                .map(new SnapshotCodec()::decode)
                .toList();
        List<Poll> polls = pollRecords.valuesExcept(badRecords.locations()).stream()
                .map(new PollCodec()::decode)
                .toList();
        assertThat(snapshots).isNotEmpty();
        requireAllPublishedSnapshots(snapshots, polls);
        int rows = compare(snapshots, polls);
        assertThat(new HistoryCheck(requireNonNull(jdbc.getDataSource()))
                        .run(difference -> {})
                        .differenceCount())
                .isZero();
        requireOnlyBadRecordsDeadLettered();
        return rows;
    }

    /** The oracles read the topic, so it must still contain everything that Kafka acknowledged. */
    private static void requireAllPublishedSnapshots(List<Snapshot> snapshots, List<Poll> polls) {
        Map<String, Long> counts = snapshots.stream()
                .collect(groupingBy(snapshot -> snapshot.origin().pollId(), counting()));
        assertThat(polls)
                .allSatisfy(poll -> assertThat(counts.getOrDefault(poll.pollId(), 0L))
                        .as("snapshots of %s", poll)
                        .isGreaterThanOrEqualTo(poll.counts().published()));
    }

    private void awaitOffsets() {
        await("received = stored + superseded + dead-lettered")
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(tables.rows(ChaosTableReader.OFFSETS)).isEqualTo(expectedOffsets()));
    }

    private Map<String, String> expectedOffsets() {
        long snapshots =
                TopicRecords.of(SNAPSHOTS.name(), system.bootstrapServers()).endOffset();
        long polls = TopicRecords.of(POLLS.name(), system.bootstrapServers()).endOffset();
        String snapshotOffsets = snapshots + " " + snapshots + " "
                + badRecords.locations(SNAPSHOTS).size();
        return Map.of(
                "stats-writer " + SNAPSHOTS.name(), snapshotOffsets,
                "earnings-aggregator " + SNAPSHOTS.name(), snapshotOffsets,
                "stats-writer " + POLLS.name(),
                        polls + " " + polls + " " + badRecords.locations(POLLS).size());
    }

    private int compare(List<Snapshot> snapshots, List<Poll> polls) {
        EarningsOracle earnings = new EarningsOracle(system.network().simulation(), snapshots, clock.instant());
        FreshnessOracle fresh = new FreshnessOracle(system.network().simulation(), snapshots, polls);
        Map<String, String> totals = new HashMap<>();
        earnings.totals().forEach((node, total) -> totals.put(node, total.toString()));
        List<String> differences = new ArrayList<>();
        int rows = compare(differences, "nodes", ChaosTableReader.NODES, fresh.nodes())
                + compare(differences, "node_facts", ChaosTableReader.FACTS, fresh.facts())
                + compare(differences, "node_health_hourly", ChaosTableReader.HEALTH, fresh.health())
                + compare(differences, "node_daily", ChaosTableReader.WEIGHTS, fresh.weights())
                + compare(differences, "trackers", ChaosTableReader.TRACKERS, fresh.trackers())
                + compare(differences, "tracker_polls", ChaosTableReader.POLLS, fresh.polls())
                + compare(differences, "earnings_ledger", ChaosTableReader.LEDGER, earnings.ledger())
                + compare(differences, "epoch_settlements", ChaosTableReader.SETTLEMENTS, earnings.settlements())
                + compare(differences, "earnings_history", ChaosTableReader.HISTORY, earnings.history())
                + compare(differences, "node_earnings", ChaosTableReader.TOTALS, totals)
                + compare(differences, "earnings_daily", ChaosTableReader.DAILY, earnings.daily())
                + compare(differences, "all else", ChaosTableReader.UNUSED_TABLES, zeroCounts());
        assertThat(differences).isEmpty();
        return rows + compareStats(earnings, fresh);
    }

    /** Today's totals are refreshed about a second later. */
    private int compareStats(EarningsOracle earnings, FreshnessOracle fresh) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            List<String> differences = new ArrayList<>();
            compare(differences, "node_stats_cache", ChaosTableReader.STATS, fresh.stats(earnings, today()));
            assertThat(differences).isEmpty();
        });
        return fresh.stats(earnings, today()).size();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static Map<String, String> zeroCounts() {
        Map<String, String> none = new HashMap<>();
        Set.of("users", "user_nodes", "node_requests", "prepared", "deleted", "coverage of unknown trackers")
                .forEach(table -> none.put(table, "0"));
        return none;
    }

    private int compare(List<String> differences, String table, String query, Map<String, String> expected) {
        Map<String, String> found = tables.rows(query);
        Set<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        keys.stream()
                .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
                .limit(MAX_SHOWN)
                .forEach(key -> differences.add(
                        table + " " + key + ": expected " + expected.get(key) + ", found " + found.get(key)));
        return expected.size();
    }

    private void requireOnlyBadRecordsDeadLettered() {
        Map<KafkaTopic, Set<RecordLocation>> expected = Map.of(
                SNAPSHOTS.deadLetterTopic("stats-writer"), badRecords.locations(SNAPSHOTS),
                SNAPSHOTS.deadLetterTopic("earnings-aggregator"), badRecords.locations(SNAPSHOTS),
                POLLS.deadLetterTopic("stats-writer"), badRecords.locations(POLLS),
                KafkaTopic.COMMANDS.deadLetterTopic("tracker-poller"), badRecords.locations(KafkaTopic.COMMANDS));
        expected.forEach((topic, locations) -> assertThat(
                        TopicRecords.of(topic.name(), system.bootstrapServers()).deadLetterSources())
                .as(topic.name())
                .isEqualTo(locations));
    }
}

package io.gonkapulse.earningsaggregator.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.TestSnapshotPublisher;
import io.gonkapulse.earningsaggregator.history.TestEarningsWriter;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRefusedException;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRequest;
import io.gonkapulse.earningsaggregator.verify.HistoryCheck;
import io.gonkapulse.earningsaggregator.verify.HistoryComparison;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.consumer.TopicMetadataReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RebuildRunnerTest {

    private static final String KILL_REBUILD = """
            select pg_terminate_backend(pid, 10000)
              from pg_locks
             where locktype = 'advisory'
               and objid = (7320519823364101 & 4294967295)
               and granted
            """;

    private final EarningsScenario scenario = EarningsScenario.of(5, 12, 20);
    private final InstantSource clock = InstantSource.fixed(scenario.end());
    private final List<HistoryComparison.DayDifference> differences = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final EarningsDatabase database;
    private final SnapshotTopicReader topic;
    private final TestSnapshotPublisher topics;
    private final RebuildRunner rebuilds;
    private final HistoryCheck verification;
    private List<String> truth = List.of();

    RebuildRunnerTest(TestBroker broker, TestDatabase database) {
        this.database = EarningsDatabase.migrated(database);
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 4);
        this.topics = new TestSnapshotPublisher(broker.bootstrapServers());
        this.topic = RebuildFixture.topicReader(broker);
        this.rebuilds = RebuildFixture.runner(this.database, topic, clock);
        this.verification = new HistoryCheck(this.database.source());
    }

    @BeforeAll
    void publish() {
        topics.publish(scenario.snapshots());
        topics.publish("nobody", new byte[] {'?'});
        truth = EarningsDatabase.days(scenario.truth());
    }

    @AfterAll
    void close() {
        topics.close();
    }

    @BeforeEach
    void clear() {
        database.clear();
        differences.clear();
        others.clear();
        applyLive();
    }

    /** Applies all records, as the live consumer does. */
    private void applyLive() {
        new TestEarningsWriter(database, clock).write(scenario.snapshots());
        database.storeOffsets(topic.endOffsets());
    }

    @Test
    void findsNoDifferencesInCorrectHistory() throws SQLException {
        RebuildReport report = rebuild(null, false);

        assertThat(report.records().read()).isEqualTo(scenario.snapshots().size() + 1);
        assertThat(report.records().refused()).isEqualTo(1);
        assertThat(report.counts().compared()).isEqualTo(truth.size());
        assertThat(report.counts().equal()).isEqualTo(truth.size());
        assertThat(report.counts().before()).isEqualTo(report.counts().after());
        assertThat(differences).isEmpty();
        assertThat(verify().isConsistent()).isTrue();
    }

    @Test
    void rebuildsEmptyDatabase() throws SQLException {
        List<String> live = database.historyRows();
        database.clear();

        RebuildReport report = rebuild(null, false);

        assertThat(report.counts().added()).isEqualTo(truth.size());
        assertThat(report.counts().after()).isEqualTo(scenario.truth().total());
        assertThat(database.days()).isEqualTo(truth);
        assertThat(database.historyRows()).isEqualTo(live);
        assertThat(database.nodesWithWrongTotals()).isEmpty();
        assertThat(offsets()).isEqualTo(topic.endOffsets());
        assertThat(verify().sumOfDays()).isEqualTo(scenario.truth().total());
    }

    @Test
    void repairsAndReportsCorruptedDays() throws SQLException {
        List<String> live = database.historyRows();
        corrupt();

        assertThat(verify().differenceCount()).isPositive();
        RebuildReport report = rebuild(null, false);

        assertThat(report.counts().changed()).isEqualTo(1);
        assertThat(report.counts().added()).isEqualTo(1);
        assertThat(report.counts().removed()).isEqualTo(1);
        assertThat(differences).hasSize(3);
        assertThat(report.largest()).isEqualTo(differences);
        assertThat(database.historyRows()).isEqualTo(live);
        assertThat(database.nodesWithWrongTotals()).isEmpty();
        assertThat(verify().isConsistent()).isTrue();
    }

    @Test
    void repairsDailySums() throws SQLException {
        assertThat(verify().wrongDays()).isEmpty();
        database.jdbc().update("""
                update earnings_daily
                   set earnings_ngonka = earnings_ngonka + 1
                 where date = (select max(date) from earnings_daily)
                """);
        database.jdbc().update("""
                insert into earnings_daily (date, source, earnings_ngonka, days, earning_days, provisional_days)
                values ('2020-02-02', 'nobody', 1, 1, 1, 0)
                """);

        assertThat(verify().wrongDays()).hasSizeGreaterThan(1).anyMatch(line -> line.contains("2020-02-02 by nobody"));
        assertThat(verify().isConsistent()).isFalse();
        rebuild(null, false);
        assertThat(verify().isConsistent()).isTrue();
    }

    @Test
    void repairsEarningNodeCounts() throws SQLException {
        assertThat(verify().wrongDays()).isEmpty();
        database.jdbc()
                .update("update earning_node_counts set nodes = nodes + 1 where date = ("
                        + "select max(date) from earning_node_counts)");
        database.jdbc().update("insert into earning_node_counts values ('2020-02-02', 31, 4)");
        database.jdbc()
                .update("update node_earning_days set days = days # 5 where (node_id, block) = ("
                        + "select node_id, block from node_earning_days order by 1, 2 limit 1)");
        database.jdbc().update("insert into node_earning_days values (gen_random_uuid(), 7, 1)");

        assertThat(verify().wrongDays())
                .hasSizeGreaterThanOrEqualTo(4)
                .anyMatch(line ->
                        line.contains("earned on 2020-02-02 31 days after the last time: stored 4, the history has 0"))
                .anyMatch(line -> line.contains("earning days stored from"));
        assertThat(verify().isConsistent()).isFalse();
        rebuild(null, false);
        assertThat(verify().isConsistent()).isTrue();
    }

    @Test
    void repairsEpochTotals() throws SQLException {
        List<String> epochs = epochTotals();
        List<String> days = rewardDays();
        assertThat(epochs).hasSizeGreaterThan(10);
        assertThat(days).hasSizeGreaterThan(2);
        database.jdbc()
                .update(
                        "update epoch_totals set missed = missed + 1 where epoch = (select min(epoch) from epoch_totals)");
        database.jdbc().update("delete from epoch_totals where epoch = (select max(epoch) from epoch_totals)");
        database.jdbc().update("insert into epoch_totals values (9999, 1, 0, 0, 5, 5, 0, 0, 0, 0, 0, 0)");
        database.jdbc()
                .update("update reward_daily set unclaimed = unclaimed + 1 where date = ("
                        + "select max(date) from reward_daily)");
        database.jdbc().update("delete from reward_daily where date = (select min(date) from reward_daily)");

        assertThat(verify().wrongDays())
                .hasSize(5)
                .contains("epoch 9999: stored 1 settlements of 5 ngonka, the settlements are 0 of 0")
                .anyMatch(line -> line.startsWith("rewards of "));
        assertThat(verify().isConsistent()).isFalse();
        rebuild(null, false);
        assertThat(verify().isConsistent()).isTrue();
        assertThat(epochTotals()).isEqualTo(epochs);
        assertThat(rewardDays()).isEqualTo(days);
    }

    @Test
    void repairsRanks() throws SQLException {
        rebuild(null, false);
        List<String> ranks = ranks();
        assertThat(ranks).hasSizeGreaterThan(10);
        database.jdbc()
                .update("update settlement_ranks set rank = rank + 1 where epoch = ("
                        + "select min(epoch) from settlement_ranks)");
        database.jdbc().update("delete from settlement_ranks where epoch = (select max(epoch) from settlement_ranks)");
        database.jdbc()
                .update("insert into settlement_ranks (node_id, epoch, rank) select id, 9999, 1 from nodes limit 1");

        assertThat(verify().wrongDays())
                .hasSize(3)
                .contains("epoch 9999: 1 stored ranks differ from those of the settlements");
        rebuild(null, false);
        assertThat(verify().isConsistent()).isTrue();
        assertThat(ranks()).isEqualTo(ranks);
    }

    @Test
    void verifyReportsStoppedRanking() throws SQLException {
        database.jdbc()
                .update("update unranked_epochs set changed_at = '2026-03-01T12:00:00Z' where epoch = ("
                        + "select min(epoch) from unranked_epochs)");

        assertThat(verify().wrongDays())
                .hasSize(1)
                .allMatch(line -> line.endsWith(": not ranked since 2026-03-01 12:00:00"));
        rebuild(null, false);
        assertThat(verify().isConsistent()).isTrue();
    }

    @Test
    void repairsAndReportsLedgerRows() throws SQLException {
        List<String> live = database.historyRows();
        List<String> ledger = database.ledgerRows();
        database.jdbc()
                .update("update earnings_ledger set missed = missed + 7 where ctid = (select min(ctid) from"
                        + " earnings_ledger)");
        database.jdbc().update("delete from epoch_settlements where ctid = (select max(ctid) from epoch_settlements)");
        database.jdbc()
                .update("update node_earnings set total = total + 1 where ctid = (select min(ctid) from"
                        + " node_earnings)");

        RebuildReport report = rebuild(null, false);

        assertThat(differences).isEmpty();
        assertThat(report.otherDifferences()).isEqualTo(3);
        assertThat(report.otherExamples())
                .isEqualTo(others)
                .satisfiesExactly(
                        line -> assertThat(line).contains(" epoch ", "as seen on", "missed"),
                        line -> assertThat(line).contains(" epoch ", "its settlement: nothing -> "),
                        line -> assertThat(line).contains(": total ", ", its days "));
        assertThat(database.historyRows()).isEqualTo(live);
        assertThat(database.ledgerRows()).isEqualTo(ledger);
        assertThat(database.nodesWithWrongTotals()).isEmpty();
        assertThat(verify().isConsistent()).isTrue();
    }

    /** Wherever the connection is killed, nothing has changed and the next rebuild succeeds. */
    @ParameterizedTest
    @ValueSource(strings = {"read", "caught up", "computed", "compared"})
    void restartsAfterKilledConnection(String moment) throws SQLException {
        List<String> live = database.historyRows();
        corrupt();
        List<String> corrupted = database.historyRows();
        Map<Integer, Long> before = offsets();

        assertThatThrownBy(() ->
                        rebuilds.run(RebuildFixture.EVERY_DAY, line -> killRebuildAt(moment, line), difference -> {}))
                .hasMessageContaining("terminat");

        assertThat(database.historyRows()).isEqualTo(corrupted);
        assertThat(offsets()).isEqualTo(before);
        assertThat(rebuild(null, false).swapped()).isTrue();
        assertThat(database.historyRows()).isEqualTo(live);
    }

    private void killRebuildAt(String moment, String line) {
        if (line.startsWith(moment)) {
            assertThat(database.owner().queryForList(KILL_REBUILD, Boolean.class))
                    .containsExactly(true);
        }
    }

    @Test
    void dryRunChangesNothing() throws SQLException {
        corrupt();
        List<String> corrupted = database.historyRows();

        RebuildReport report = rebuild(null, true);

        assertThat(report.swapped()).isFalse();
        assertThat(differences).hasSize(3);
        assertThat(database.historyRows()).isEqualTo(corrupted);
    }

    @Test
    void keepsDaysBeforeFrom() throws SQLException {
        LocalDate middle = LocalDate.ofInstant(scenario.end(), ZoneOffset.UTC).minusDays(8);
        List<String> live = database.historyRows();
        database.jdbc()
                .update(
                        "update earnings_history set earnings_ngonka = 7000, earnings_gnk = 0.000007 where date = ?",
                        middle.minusDays(1));
        database.jdbc()
                .update(
                        "update earnings_history set earnings_ngonka = 7000, earnings_gnk = 0.000007 where date = ?",
                        middle);

        RebuildReport report = rebuild(middle, false);

        assertThat(report.from()).isEqualTo(middle);
        assertThat(differences)
                .isNotEmpty()
                .allMatch(difference -> difference.day().equals(middle));
        assertThat(database.historyRows())
                .filteredOn(line -> !line.contains(" " + middle.minusDays(1) + " "))
                .isEqualTo(live.stream()
                        .filter(line -> !line.contains(" " + middle.minusDays(1) + " "))
                        .toList());
        assertThat(database.historyRows()).anyMatch(line -> line.contains(middle.minusDays(1) + " 0.00000700"));
    }

    /** The rebuild has already generated its own ids for nodes that the live consumer creates. */
    @Test
    void reusesNodesOfLiveConsumer() throws SQLException {
        LocalDate middle = LocalDate.ofInstant(scenario.end(), ZoneOffset.UTC).minusDays(8);
        List<String> live = database.historyRows();
        List<String> ledger = database.ledgerRows();
        database.clear();

        RebuildReport report = rebuilds.run(
                new RebuildRequest(middle, false),
                line -> {
                    if (line.startsWith("caught up")) {
                        applyLive();
                    }
                },
                differences::add,
                others::add);

        assertThat(report.from()).isEqualTo(middle);
        assertThat(report.swapped()).isTrue();
        assertThat(differences).isEmpty();
        assertThat(others).isEmpty();
        assertThat(database.historyRows()).isEqualTo(live);
        assertThat(database.ledgerRows()).isEqualTo(ledger);
        assertThat(verify().isConsistent()).isTrue();
    }

    private CompletableFuture<Void> blockedCommit = CompletableFuture.completedFuture(null);

    /** The stats-writer is not blocked: it may commit before the swap, or while the swap waits for its row. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reusesNodesOfStatsWriter(boolean committed) throws Exception {
        List<String> live = database.historyRows();
        database.clear();
        try (Connection writer = database.source().getConnection()) {
            writer.setAutoCommit(false);

            RebuildReport report = rebuilds.run(
                    RebuildFixture.EVERY_DAY, line -> createNode(writer, committed, line), differences::add);

            blockedCommit.join();
            assertThat(report.swapped()).isTrue();
        }
        assertThat(database.historyRows()).isEqualTo(live);
        assertThat(database.nodesWithWrongTotals()).isEmpty();
        assertThat(verify().isConsistent()).isTrue();
    }

    private void createNode(Connection writer, boolean committed, String line) {
        if (line.startsWith("compared")) {
            new JdbcTemplate(new SingleConnectionDataSource(writer, true))
                    .update(
                            "insert into nodes (identifier, identifier_type) values (?, 'wallet')",
                            scenario.snapshots().get(0).node().value());
            if (committed) {
                commit(writer);
            } else {
                blockedCommit = CompletableFuture.runAsync(
                        () -> commitWhenBlocked(writer), task -> new Thread(task, "stats-writer").start());
            }
        }
    }

    private void commitWhenBlocked(Connection writer) {
        try {
            await().atMost(ONE_MINUTE).until(() -> database.isBlocking(writer));
        } finally {
            commit(writer);
        }
    }

    private static void commit(Connection writer) {
        try {
            writer.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesConcurrentRebuild() throws SQLException {
        try (Connection other = database.source().getConnection()) {
            assertThat(RebuildRunner.LOCK.tryAcquire(other)).isTrue();

            assertThatThrownBy(() -> rebuild(null, false)).isInstanceOf(RebuildRefusedException.class);
        }
    }

    @Test
    void refusesOffsetsBeyondTopicEnd() {
        List<String> live = database.historyRows();
        database.storeOffsets(Map.of(99, 1L));

        assertThatThrownBy(() -> rebuild(null, false))
                .isInstanceOf(RebuildRefusedException.class)
                .hasMessageContaining("Partition 99 was applied up to offset 1, but ends at 0");
        assertThat(database.historyRows()).isEqualTo(live);
    }

    @Test
    void refusesRecreatedTopicUntilConsumed() throws SQLException {
        List<String> live = database.historyRows();
        UUID before = UUID.randomUUID();
        UUID now = topic.metadata().id().orElseThrow();
        database.jdbc().update("update consumer_offsets set topic_id = ?", before);

        assertThatThrownBy(() -> rebuild(null, false))
                .isInstanceOf(RebuildRefusedException.class)
                .hasMessageContaining("was applied from the topic with id " + TopicMetadataReader.format(before)
                        + ", but tracker.snapshots has the id " + TopicMetadataReader.format(now)
                        + ": it was recreated");
        assertThat(database.historyRows()).isEqualTo(live);

        database.jdbc().update("update consumer_offsets set consumer_group = 'another' where partition = 0");
        database.jdbc().update("update consumer_offsets set topic_id = ?", now);
        assertThat(rebuild(null, false).swapped()).isTrue();
        assertThat(database.jdbc().queryForList("select distinct topic_id from consumer_offsets", UUID.class))
                .containsExactly(now);
    }

    /** Runs last, because it deletes records of the topic. */
    @Test
    @Order(Integer.MAX_VALUE)
    void keepsDaysDeletedFromTopic() throws Exception {
        List<String> live = database.historyRows();
        Map<Integer, Long> halves = new HashMap<>();
        topic.endOffsets().forEach((partition, end) -> halves.put(partition, end / 2));
        topics.deleteBefore(halves);

        RebuildReport report = rebuild(null, false);

        // The records that remain were sent today.
        assertThat(report.from()).isAfter(LocalDate.ofInstant(scenario.end(), ZoneOffset.UTC));
        assertThat(database.historyRows()).isEqualTo(live);
        assertThat(verify().isConsistent()).isTrue();
    }

    private RebuildReport rebuild(@Nullable LocalDate from, boolean dryRun) throws SQLException {
        return rebuilds.run(new RebuildRequest(from, dryRun), line -> {}, differences::add, others::add);
    }

    private HistoryCheck.HistoryCheckResult verify() throws SQLException {
        return verification.run(difference -> {});
    }

    /** Changes one row, deletes one and adds one. */
    private void corrupt() {
        database.jdbc().update("""
                update earnings_history
                   set earnings_ngonka = earnings_ngonka + 10000000000, earnings_gnk = earnings_gnk + 10
                 where id = (select id from earnings_history order by node_id, date limit 1)
                """);
        database.jdbc().update("""
                delete from earnings_history
                 where id = (select id from earnings_history order by node_id desc, date desc limit 1)
                """);
        database.jdbc().update("""
                insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka)
                select node_id, max(date) + 1, 5, 5000000000
                  from earnings_history
                 group by node_id
                 order by node_id
                 limit 1
                """);
    }

    private Map<Integer, Long> offsets() {
        Map<Integer, Long> next = new HashMap<>();
        database.jdbc().query("select partition, next_offset from consumer_offsets", row -> {
            next.put(row.getInt(1), row.getLong(2));
        });
        return next;
    }

    private List<String> epochTotals() {
        return database.jdbc().queryForList("select epoch_totals::text from epoch_totals order by epoch", String.class);
    }

    private List<String> ranks() {
        return database.jdbc()
                .queryForList(
                        "select settlement_ranks::text from settlement_ranks order by node_id, epoch", String.class);
    }

    private List<String> rewardDays() {
        return database.jdbc()
                .queryForList(
                        "select reward_daily::text from reward_daily where (unclaimed, forfeited) <> (0, 0) order by date",
                        String.class);
    }
}

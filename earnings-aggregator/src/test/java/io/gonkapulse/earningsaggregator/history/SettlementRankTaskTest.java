package io.gonkapulse.earningsaggregator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.SettledSnapshotBuilder;
import io.gonkapulse.testkit.messages.TestMessages;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.transaction.support.TransactionTemplate;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SettlementRankTaskTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final TestDatabase server;
    private final EarningsDatabase database;
    private final TransactionTemplate transactions;
    private final SettlementRankTask task;
    private TestEarningsWriter writer;

    SettlementRankTaskTest(TestDatabase server) {
        this.server = server;
        this.database = EarningsDatabase.migrated(server);
        this.transactions = EarningsDatabase.transactions(database.source());
        this.task = new SettlementRankTask(database.jdbc(), transactions, () -> true);
        this.writer = writer();
    }

    @BeforeEach
    void clear() {
        database.clear();
        writer = writer();
    }

    /** A new writer, because it caches node ids. */
    private TestEarningsWriter writer() {
        return new TestEarningsWriter(database, InstantSource.fixed(NOON));
    }

    @Test
    void equalRewardsShareRank() {
        writer.write(
                settled(1, 10).rewarded(500).build(),
                settled(2, 10).rewarded(900).build(),
                settled(3, 10).rewarded(500).build(),
                settled(4, 10).rewarded(0).build());

        task.run();

        assertThat(ranks(10)).containsExactly("1 900", "2 500", "2 500", "4 0");
    }

    @Test
    void approximateRewardIsRanked() {
        writer.write(
                settled(1, 10).rewarded(2_500_000_000L).build(),
                settled(2, 10).rewarded(3_000_000_000L).approximate().build());

        task.run();

        assertThat(ranks(10)).containsExactly("1 3000000000", "2 2500000000");
    }

    @Test
    void ranksEveryChangedEpoch() {
        writer.write(
                settled(1, 10).rewarded(1).build(),
                settled(1, 11).rewarded(1).build(),
                settled(2, 11).rewarded(2).build());

        task.run();

        assertThat(ranks(10)).containsExactly("1 1");
        assertThat(ranks(11)).containsExactly("1 2", "2 1");
        assertThat(unrankedEpochs()).isEmpty();
    }

    @Test
    void correctedRewardMovesRanks() {
        writer.write(
                settled(1, 10).rewarded(500).build(),
                settled(2, 10).rewarded(900).build());
        task.run();

        writer.write(settled(1, 10).at(NOON.plusSeconds(60)).rewarded(1_000).build());
        task.run();

        assertThat(ranks(10)).containsExactly("1 1000", "2 900");
    }

    @Test
    void deletedNodeLeavesRanks() {
        writer.write(
                settled(1, 10).rewarded(900).build(),
                settled(2, 10).rewarded(500).build());
        task.run();

        database.owner()
                .update(
                        "delete from nodes where identifier = ?",
                        TestMessages.node(1).value());
        task.run();

        assertThat(ranks(10)).containsExactly("1 500");
    }

    @Test
    void leavesEpochOfUncommittedBatch() {
        writer.write(settled(1, 10).rewarded(500).build());

        transactions.executeWithoutResult(status -> {
            writer.write(settled(2, 10).rewarded(900).build());
            CompletableFuture.runAsync(task::run).join();
        });
        assertThat(unrankedEpochs()).containsExactly(10L);
        task.run();

        assertThat(ranks(10)).containsExactly("1 900", "2 500");
    }

    @Test
    void ranksNothingWithoutSchema() {
        writer.write(settled(1, 10).rewarded(500).build());

        new SettlementRankTask(database.jdbc(), transactions, () -> false).run();

        assertThat(unrankedEpochs()).containsExactly(10L);
    }

    /** The undo of the migration locks the settlements first, then the notes. */
    @Test
    void locksSettlementsBeforeNotes() throws Exception {
        writer.write(settled(1, 10).rewarded(500).build());

        try (Connection other = server.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table epoch_settlements in access exclusive mode");
            CompletableFuture<Void> ranking = CompletableFuture.runAsync(task::run);
            await().atMost(ONE_MINUTE).until(() -> database.isBlocking(other));
            statement.execute("lock table unranked_epochs in access exclusive mode nowait");
            other.commit();
            ranking.join();
        }

        assertThat(ranks(10)).containsExactly("1 500");
    }

    private static SettledSnapshotBuilder settled(int node, long epoch) {
        return TestMessages.settled()
                .node(TestMessages.node(node))
                .epoch(epoch)
                .at(NOON)
                .settledAt(NOON);
    }

    /** Rank and reward, in the order of the ranks. */
    private List<String> ranks(long epoch) {
        return database.jdbc().queryForList("""
                select concat_ws(' ', rank, rewarded)
                  from settlement_ranks
                  full join epoch_settlements using (node_id, epoch)
                 where epoch = ?
                 order by rank, rewarded desc
                """, String.class, epoch);
    }

    private List<Long> unrankedEpochs() {
        return database.jdbc().queryForList("select epoch from unranked_epochs", Long.class);
    }
}

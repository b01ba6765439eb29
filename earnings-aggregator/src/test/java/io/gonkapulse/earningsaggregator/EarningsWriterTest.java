package io.gonkapulse.earningsaggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.EarningsFact;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.ReferenceCalculator;
import io.gonkapulse.earningsaggregator.history.EarningsWriter;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.earningsaggregator.verify.HistoryCheck;
import io.gonkapulse.testkit.junit.CrashingDataSource;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarningsWriterTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SnapshotCodec codec = new SnapshotCodec();
    private final FactReader reader = new FactReader();
    private final EarningsDatabase database;

    EarningsWriterTest(TestDatabase database) {
        this.database = EarningsDatabase.migrated(database);
    }

    @BeforeEach
    void clear() {
        database.clear();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void survivesReorderingDuplicatesAndCrashes(long seed) {
        EarningsScenario scenario = EarningsScenario.of(seed, 12, 20);
        Random random = new Random(seed);
        write(scenario, random, database.source());
        List<String> once = database.historyRows();

        assertThat(once).hasSizeGreaterThan(100);
        assertThat(database.days()).isEqualTo(EarningsDatabase.days(scenario.truth()));
        assertThat(database.daysWithState()).isEqualTo(ReferenceCalculator.lines(facts(scenario)));
        assertThat(database.nodesWithWrongTotals()).isEmpty();

        database.clear();
        CrashingDataSource crashing = new CrashingDataSource(database.source(), random);
        write(scenario, random, crashing);
        assertThat(crashing.crashes()).isGreaterThan(2);
        assertThat(database.historyRows()).isEqualTo(once);
        assertThat(database.nodesWithWrongTotals()).isEmpty();
    }

    /** Each scenario has its own nodes, but all share the same days. */
    @Test
    void concurrentWritersDoNotDeadlock() throws Exception {
        List<EarningsScenario> scenarios =
                List.of(EarningsScenario.of(2, 8, 30), EarningsScenario.of(5, 8, 30), EarningsScenario.of(8, 8, 30));
        AtomicInteger failures = new AtomicInteger();
        List<Thread> writers = scenarios.stream()
                .map(scenario -> new Thread(() -> {
                    EarningsWriter writer = new EarningsWriter(database.jdbc(), clock(scenario));
                    TransactionTemplate transactions = EarningsDatabase.transactions(database.source());
                    for (List<EarningsFact> facts : batches(scenario, new Random(1))) {
                        LedgerBatch batch = new LedgerBatch();
                        facts.forEach(batch::add);
                        failures.addAndGet(write(transactions, writer, batch) ? 0 : 1);
                    }
                }))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(failures).hasValue(0);
        assertThat(new HistoryCheck(database.source()).run(difference -> {}).isConsistent())
                .isTrue();
    }

    /** The id is cached when the row is deleted, or deleted and created again with another id. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recreatesDeletedNode(boolean createdBySomebodyElse) {
        EarningsWriter writer = new EarningsWriter(database.jdbc(), InstantSource.fixed(NOON));
        TransactionTemplate transactions = EarningsDatabase.transactions(database.source());
        assertThat(write(transactions, writer, seen(1, 100))).isTrue();
        assertThat(write(transactions, writer, seen(2, 100))).isTrue();
        database.owner().update("delete from nodes where identifier = ?", node(1));
        if (createdBySomebodyElse) {
            database.owner().update("insert into nodes (identifier, identifier_type) values (?, 'wallet')", node(1));
        }

        assertThat(write(transactions, writer, seen(1, 300))).isTrue();
        assertThat(write(transactions, writer, seen(1, 400))).isTrue();

        assertThat(database.days())
                .containsExactlyInAnyOrder(node(1) + " 2026-03-01 400 5", node(2) + " 2026-03-01 100 5");
        assertThat(database.nodesWithWrongTotals()).isEmpty();
    }

    private static String node(int number) {
        return TestMessages.node(number).value();
    }

    private static LedgerBatch seen(int node, long earned) {
        LedgerBatch batch = new LedgerBatch();
        batch.add(EarningsFact.of(TestMessages.live()
                .node(TestMessages.node(node))
                .at(NOON)
                .earned(earned)
                .inferences(5)
                .build()));
        return batch;
    }

    /** Random batches of random size with duplicates; each batch is retried until it succeeds. */
    private void write(EarningsScenario scenario, Random random, DataSource source) {
        EarningsWriter writer = new EarningsWriter(new JdbcTemplate(source), clock(scenario));
        TransactionTemplate transactions = EarningsDatabase.transactions(source);
        for (List<EarningsFact> facts : batches(scenario, random)) {
            LedgerBatch batch = new LedgerBatch();
            facts.forEach(batch::add);
            boolean written = false;
            while (!written) {
                written = write(transactions, writer, batch);
            }
        }
    }

    private static boolean write(TransactionTemplate transactions, EarningsWriter writer, LedgerBatch batch) {
        try {
            transactions.executeWithoutResult(status -> writer.write(batch));
            return true;
        } catch (DataAccessException | TransactionException e) {
            return false;
        }
    }

    private List<List<EarningsFact>> batches(EarningsScenario scenario, Random random) {
        List<Snapshot> shuffled = new ArrayList<>(scenario.snapshots());
        scenario.snapshots().stream().filter(snapshot -> random.nextInt(5) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);
        List<List<EarningsFact>> batches = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(random.nextInt(2) == 0 ? 10 : 300));
            batches.add(shuffled.subList(from, to).stream()
                    .map(snapshot -> reader.read(codec.encode(snapshot), Long.MAX_VALUE))
                    .toList());
            from = to;
        }
        return batches;
    }

    private List<EarningsFact> facts(EarningsScenario scenario) {
        return scenario.snapshots().stream()
                .map(snapshot -> reader.read(codec.encode(snapshot), Long.MAX_VALUE))
                .toList();
    }

    private static InstantSource clock(EarningsScenario scenario) {
        return InstantSource.fixed(scenario.end());
    }
}

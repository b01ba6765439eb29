package io.gonkapulse.earningsaggregator.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.history.EarningsWriter;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.earningsaggregator.rebuild.AppliedOffsetsRepository.AppliedOffsets;
import io.gonkapulse.earningsaggregator.verify.HistoryCheck;
import io.gonkapulse.testkit.junit.CrashingDataSource;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * Random scenarios in random batches and partitions, with connections that break between any two statements. The history
 * must match the true earnings and a rebuild. {@code -Dearnings.scenarios=100} runs more of them.
 */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomScenariosTest {

    private static final long SCENARIOS = Long.getLong("earnings.scenarios", 4);

    private final FactReader reader = new FactReader();
    private final AppliedOffsetsRepository offsets = new AppliedOffsetsRepository();
    private final EarningsDatabase database;

    RandomScenariosTest(TestDatabase database) {
        this.database = EarningsDatabase.migrated(database);
    }

    static LongStream seeds() {
        return LongStream.range(100, 100 + SCENARIOS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void historyMatchesTruthAndRebuild(long seed) throws SQLException {
        Random random = new Random(seed);
        EarningsScenario scenario = EarningsScenario.of(seed, 6 + random.nextInt(6), 8 + random.nextInt(12));
        ShuffledTopic topic = new ShuffledTopic(scenario, random);
        database.clear();

        CrashingDataSource crashing = new CrashingDataSource(database.source(), random);
        consume(topic, crashing, InstantSource.fixed(scenario.end()), random);
        List<String> live = database.historyRows();

        assertThat(crashing.crashes()).isPositive();
        assertThat(database.days()).isEqualTo(EarningsDatabase.days(scenario.truth()));
        assertThat(database.nodesWithWrongTotals()).isEmpty();
        assertThat(new HistoryCheck(database.source()).run(difference -> {}).isConsistent())
                .isTrue();

        RebuildReport unchangedReport = rebuild(topic, scenario);
        assertThat(unchangedReport.records().read()).isEqualTo(topic.records());
        assertThat(unchangedReport.counts().equal()).isEqualTo(live.size());
        assertThat(unchangedReport.counts().compared()).isEqualTo(live.size());
        assertThat(database.historyRows()).isEqualTo(live);

        database.clear();
        RebuildReport emptyReport = rebuild(topic, scenario);
        assertThat(emptyReport.counts().added()).isEqualTo(live.size());
        assertThat(database.historyRows()).isEqualTo(live);
        assertThat(database.nodesWithWrongTotals()).isEmpty();
    }

    /** After each crash a new writer continues at the stored offsets. */
    private void consume(ShuffledTopic topic, CrashingDataSource source, InstantSource clock, Random random) {
        EarningsWriter writer = new EarningsWriter(new JdbcTemplate(source), clock);
        Map<Integer, Long> applied = applied(topic);
        while (!applied.equals(topic.endOffsets())) {
            try {
                apply(topic, applied, source, writer, random);
            } catch (DataAccessException | TransactionException e) {
                writer = new EarningsWriter(new JdbcTemplate(source), clock);
            }
            applied = applied(topic);
        }
    }

    private void apply(
            ShuffledTopic topic,
            Map<Integer, Long> applied,
            CrashingDataSource source,
            EarningsWriter writer,
            Random random) {
        Map<Integer, Long> next = new HashMap<>();
        LedgerBatch batch = new LedgerBatch();
        applied.forEach((partition, position) -> {
            List<byte[]> records = topic.records(partition, position, random.nextInt(3) * random.nextInt(30));
            records.forEach(record -> batch.add(reader.read(record, Long.MAX_VALUE)));
            next.put(partition, position + records.size());
        });
        EarningsDatabase.transactions(source).executeWithoutResult(status -> {
            writer.write(batch);
            new JdbcTemplate(source).execute((ConnectionCallback<Boolean>) connection -> {
                offsets.write(
                        connection, new AppliedOffsets(RebuildFixture.GROUP, RebuildFixture.TOPIC, next, Map.of()));
                return true;
            });
        });
    }

    private Map<Integer, Long> applied(ShuffledTopic topic) {
        Map<Integer, Long> applied = topic.beginningOffsets();
        database.jdbc().query("select partition, next_offset from consumer_offsets", row -> {
            applied.put(row.getInt(1), row.getLong(2));
        });
        return applied;
    }

    private RebuildReport rebuild(ShuffledTopic topic, EarningsScenario scenario) throws SQLException {
        return RebuildFixture.runner(database, topic.reader(), InstantSource.fixed(scenario.end()))
                .run(RebuildFixture.EVERY_DAY, line -> {}, difference -> {});
    }
}

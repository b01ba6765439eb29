package io.gonkapulse.earningsaggregator.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.history.EarningsWriter;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.earningsaggregator.verify.HistoryCheck;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.SettledSnapshotBuilder;
import io.gonkapulse.testkit.messages.TestMessages;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One node with the largest admissible and out-of-bounds values, next to ordinary nodes. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtremeFactsTest {

    private static final NodeIdentifier HOSTILE = TestMessages.node(1);
    private static final NodeIdentifier NEVER_SEEN = TestMessages.node(9);
    private static final int HONEST_NODES = 3;
    private static final int EPOCHS = 700;
    private static final Instant DAY = Instant.parse("2026-03-05T12:00:00Z");
    private static final long ONE_DAY = 86_400;

    private static final String ADOPT = """
            with adopted as (
                insert into nodes (identifier, identifier_type)
                values (?, 'wallet'), (?, 'wallet')
                returning id
            )
            insert into earnings_history (node_id, date, earnings_gnk, source)
            select id, day, 1.5, 'portal'
              from adopted
             cross join generate_series(date '2026-03-01', date '2026-03-06', interval '1 day') day
            """;

    private static final String STATS_ROWS = """
            select concat_ws(' ', lower(identifier), earnings_date, earnings_day, earnings_total, jobs_day)
              from node_stats_cache
              join nodes on id = node_id
             order by lower(identifier) collate "C"
            """;

    private final FactReader reader = new FactReader();
    private final EarningsDatabase database;

    ExtremeFactsTest(TestDatabase database) {
        this.database = EarningsDatabase.migrated(database);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void liveMatchesRebuildInAnyOrder(long seed) throws SQLException {
        Random random = new Random(seed);
        List<byte[]> tooMuch = outOfBounds();
        List<byte[]> records = new ArrayList<>(ShuffledTopic.encoded(facts(random)));
        records.addAll(tooMuch);
        ShuffledTopic topic = new ShuffledTopic(records, random);

        consume(topic.allRecords(), random);
        List<String> live = database.historyRows();
        List<String> ledger = database.ledgerRows();
        List<String> shown = statsRows();

        assertThat(live).anyMatch(day -> day.matches(".* [0-9]{13,}[.][0-9]{8} .*"));
        assertThat(shown).filteredOn(line -> line.contains(" 2026-03-05 ")).hasSize(HONEST_NODES + 1);
        assertConsistent();

        List<byte[]> shuffled = new ArrayList<>(topic.allRecords());
        Collections.shuffle(shuffled, random);
        consume(shuffled, random);
        assertThat(database.historyRows()).isEqualTo(live);
        assertThat(database.ledgerRows()).isEqualTo(ledger);
        assertThat(statsRows()).isEqualTo(shown);

        RebuildReport unchangedReport = rebuild(topic);
        assertThat(unchangedReport.counts().equal())
                .isEqualTo(unchangedReport.counts().compared());
        assertThat(unchangedReport.records().outOfBounds()).isGreaterThanOrEqualTo(tooMuch.size());
        assertThat(unchangedReport.records().refused())
                .isEqualTo(unchangedReport.records().outOfBounds());
        assertThat(unchangedReport.lines())
                .anyMatch(line -> line.startsWith("refused as out of bounds: "
                                + unchangedReport.records().outOfBounds())
                        && line.contains("up to 1000000000000000000 ngonka"));
        assertThat(database.historyRows()).isEqualTo(live);

        adopt();
        RebuildReport emptyReport = rebuild(topic);
        assertThat(emptyReport.swapped()).isTrue();
        assertThat(database.historyRows()).isEqualTo(live);
        assertThat(database.ledgerRows()).isEqualTo(ledger);
        assertConsistent();
    }

    private void assertConsistent() throws SQLException {
        HistoryCheck.HistoryCheckResult result = new HistoryCheck(database.source()).run(difference -> {});
        assertThat(result.isConsistent()).isTrue();
        assertThat(result.adopted().days()).isGreaterThanOrEqualTo(6 + 2);
        assertThat(result.wrongTotals()).isEmpty();
    }

    private void adopt() {
        database.clear();
        database.owner().update(ADOPT, HOSTILE.value(), NEVER_SEEN.value());
        database.owner().update("insert into node_stats_cache (node_id) select id from nodes");
    }

    private void consume(List<byte[]> records, Random random) {
        adopt();
        EarningsWriter writer = new EarningsWriter(database.jdbc(), clock());
        for (int from = 0; from < records.size(); ) {
            int to = Math.min(records.size(), from + 1 + random.nextInt(400));
            LedgerBatch batch = new LedgerBatch();
            records.subList(from, to).forEach(record -> add(record, batch));
            EarningsDatabase.transactions(database.source()).executeWithoutResult(status -> writer.write(batch));
            from = to;
        }
        database.owner().update("insert into node_stats_cache (node_id) select id from nodes on conflict do nothing");
        EarningsDatabase.transactions(database.source()).executeWithoutResult(status -> writer.refreshToday());
    }

    private void add(byte[] record, LedgerBatch batch) {
        try {
            batch.add(reader.read(record, Long.MAX_VALUE));
        } catch (UndecodableMessageException e) {
            assertThat(e.reason()).isEqualTo(UndecodableMessageException.Reason.OUT_OF_BOUNDS);
        }
    }

    private RebuildReport rebuild(ShuffledTopic topic) throws SQLException {
        return RebuildFixture.runner(database, topic.reader(), clock())
                .run(RebuildFixture.EVERY_DAY, line -> {}, difference -> {});
    }

    private static InstantSource clock() {
        return InstantSource.fixed(DAY);
    }

    private List<String> statsRows() {
        return database.jdbc().queryForList(STATS_ROWS, String.class);
    }

    /** Enough settlements on one day for a sum with more digits than a single amount may have. */
    private static List<Snapshot> facts(Random random) {
        List<Snapshot> facts = new ArrayList<>();
        for (int i = 0; i < EPOCHS; i++) {
            long epoch = i == 0 ? MessageLimits.MAX_EPOCH : random.nextLong(MessageLimits.MAX_EPOCH);
            facts.add(largest(epoch, random));
            if (random.nextInt(4) == 0) {
                facts.add(TestMessages.live()
                        .node(HOSTILE)
                        .epoch(epoch)
                        .at(DAY.minusSeconds(ONE_DAY * random.nextInt(2)))
                        .earned(MessageLimits.MAX_AMOUNT)
                        .inferences(MessageLimits.MAX_COUNT)
                        .build());
            }
        }
        for (int node = 2; node < 2 + HONEST_NODES; node++) {
            facts.add(TestMessages.live()
                    .node(TestMessages.node(node))
                    .epoch(300)
                    .at(DAY)
                    .earned(node)
                    .build());
        }
        return facts;
    }

    private static Snapshot largest(long epoch, Random random) {
        SettledSnapshotBuilder settled = TestMessages.settled()
                .node(HOSTILE)
                .epoch(epoch)
                .at(DAY.plusSeconds(random.nextInt(3)))
                .settledAt(DAY)
                .earned(MessageLimits.MAX_AMOUNT)
                .inferences(random.nextBoolean() ? MessageLimits.MAX_COUNT : 0)
                .rewarded(MessageLimits.MAX_AMOUNT);
        if (random.nextInt(10) == 0) {
            settled.approximate().settledAt(DAY.minusSeconds(ONE_DAY * 2));
        } else if (random.nextInt(10) == 0) {
            settled.forfeitedAt(DAY.plusSeconds(ONE_DAY));
        }
        return settled.build();
    }

    private static List<byte[]> outOfBounds() {
        String plain = new String(
                ShuffledTopic.encoded(List.of(TestMessages.settled()
                                .node(HOSTILE)
                                .epoch(301)
                                .at(DAY)
                                .settledAt(DAY)
                                .earned(123_454_321)
                                .rewarded(987_656_789)
                                .inferences(55_055)
                                .build()))
                        .get(0),
                UTF_8);
        return List.of(
                plain.replace("123454321", "18446744073709551615").getBytes(UTF_8),
                plain.replace("987656789", "1000000000000000001").getBytes(UTF_8),
                plain.replace("55055", "100000000001").getBytes(UTF_8),
                plain.replace("\"epoch\":301", "\"epoch\":10000001").getBytes(UTF_8));
    }
}

package io.gonkapulse.earningsaggregator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.history.TestEarningsWriter;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first node has six adopted days, the last of which overlap its ledger. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdoptedDaysTest {

    private static final NodeIdentifier ADOPTED = TestMessages.node(1);
    private static final NodeIdentifier EARLY = TestMessages.node(2);
    private static final NodeIdentifier NEVER_SEEN = TestMessages.node(3);

    private static final String ADOPT = """
            insert into nodes (identifier, identifier_type)
            values (?, 'wallet')
            """;

    private static final String ADOPT_DAYS = """
            insert into earnings_history (node_id, date, earnings_gnk, source)
            select id, day, 1.5, 'portal'
              from nodes
             cross join generate_series(date '2026-03-01', date '2026-03-06', interval '1 day') day
             where identifier in (?, ?)
            """;

    private final EarningsDatabase database;
    private final HistoryCheck verification;

    AdoptedDaysTest(TestDatabase database) {
        this.database = EarningsDatabase.migrated(database);
        this.verification = new HistoryCheck(this.database.source());
    }

    @BeforeEach
    void adopt() {
        database.clear();
        database.owner().update(ADOPT, ADOPTED.value());
        database.owner().update(ADOPT, NEVER_SEEN.value());
        database.owner().update(ADOPT_DAYS, ADOPTED.value(), NEVER_SEEN.value());
    }

    @Test
    void countUntilLedgerBegins() throws SQLException {
        write(List.of(live(EARLY, "2026-02-10T12:00:00Z", 1), live(ADOPTED, "2026-03-04T12:00:00Z", 0)));

        assertThat(daysOf(ADOPTED))
                .containsExactly("2026-03-01 1.5 portal", "2026-03-02 1.5 portal", "2026-03-03 1.5 portal");
        assertThat(daysOf(NEVER_SEEN)).hasSize(6);
        assertThat(database.owner()
                        .queryForObject(
                                "select total from node_earnings join nodes on id = node_id" + " where identifier = ?",
                                Long.class,
                                ADOPTED.value()))
                .isEqualTo(4_500_000_000L);
        HistoryCheck.HistoryCheckResult verified = verification.run(difference -> {});
        assertThat(verified.isConsistent()).isTrue();
        assertThat(verified.adopted().days()).isEqualTo(9);
        assertThat(verified.adopted().sum()).isEqualTo(Ngonka.of(13_500_000_000L));
        assertThat(verified.sumOfDays()).isEqualTo(Ngonka.of(1));
    }

    /** The day of an approximate settlement is estimated; the exact one can move the start of the ledger. */
    @Test
    void countAgainWhenLedgerStartMoves() {
        write(List.of(settled("2026-03-02T12:00:00Z", true)));
        assertThat(daysOf(ADOPTED)).containsExactly("2026-03-01 1.5 portal", "2026-03-02 7 tracker");

        write(List.of(settled("2026-03-05T12:00:00Z", false)));

        assertThat(daysOf(ADOPTED))
                .containsExactly(
                        "2026-03-01 1.5 portal",
                        "2026-03-02 1.5 portal",
                        "2026-03-03 1.5 portal",
                        "2026-03-04 1.5 portal",
                        "2026-03-05 7 tracker");
    }

    @Test
    void verificationReportsManualChange() throws SQLException {
        write(List.of(live(ADOPTED, "2026-03-04T12:00:00Z", 8)));
        database.owner().update("""
                update earnings_history set earnings_gnk = 2, earnings_ngonka = null
                 where date = '2026-03-02' and node_id = (select id from nodes where identifier = ?)
                """, ADOPTED.value());
        List<HistoryComparison.DayDifference> differences = new ArrayList<>();

        assertThat(verification.run(differences::add).isConsistent()).isFalse();

        assertThat(differences)
                .singleElement()
                .satisfies(difference -> assertThat(difference.day()).isEqualTo("2026-03-02"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ignoreFactOrder(long seed) throws SQLException {
        Random random = new Random(seed);
        List<Snapshot> facts = facts(random);
        write(facts);
        List<String> once = database.historyRows();
        assertThat(verification.run(difference -> {}).isConsistent()).isTrue();

        adopt();
        Collections.shuffle(facts, random);
        for (Snapshot fact : facts) {
            write(List.of(fact));
        }

        assertThat(database.historyRows()).isEqualTo(once);
        assertThat(verification.run(difference -> {}).isConsistent()).isTrue();
    }

    private static List<Snapshot> facts(Random random) {
        List<Snapshot> facts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String at = "2026-03-0" + (1 + random.nextInt(9)) + "T12:00:00Z";
            int epoch = random.nextInt(3);
            facts.add(
                    random.nextBoolean()
                            ? TestMessages.live()
                                    .node(ADOPTED)
                                    .epoch(epoch)
                                    .at(Instant.parse(at))
                                    .earned(random.nextInt(3))
                                    .inferences(0)
                                    .build()
                            : settled(epoch, at, random.nextBoolean(), random.nextInt(100)));
        }
        return facts;
    }

    private static Snapshot live(NodeIdentifier node, String at, long earned) {
        return TestMessages.live()
                .node(node)
                .epoch(9)
                .at(Instant.parse(at))
                .earned(earned)
                .inferences(0)
                .build();
    }

    private static Snapshot settled(String at, boolean approximate) {
        return settled(10, at, approximate, 0);
    }

    private static Snapshot settled(long epoch, String at, boolean approximate, int hours) {
        var settled = TestMessages.settled()
                .node(ADOPTED)
                .epoch(epoch)
                .at(Instant.parse("2026-04-01T12:00:00Z").plusSeconds(hours * 3_600L))
                .settledAt(Instant.parse(at))
                .earned(0)
                .inferences(0)
                .rewarded(7_000_000_000L);
        return approximate ? settled.approximate().build() : settled.build();
    }

    private List<String> daysOf(NodeIdentifier node) {
        return database.jdbc().queryForList("""
                select concat_ws(' ', date, trim_scale(earnings_gnk), case source when 'portal' then source else 'tracker' end)
                  from earnings_history
                  join nodes on nodes.id = node_id
                 where identifier = ?
                 order by date
                """, String.class, node.value());
    }

    private void write(List<Snapshot> snapshots) {
        new TestEarningsWriter(database, InstantSource.fixed(Instant.parse("2026-03-09T12:00:00Z"))).write(snapshots);
    }
}

package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.ServerKind;
import io.gonkapulse.migrations.server.TestServers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("process")
class SettlementRanksTest {

    private static final String NODES = """
            insert into nodes (identifier, identifier_type)
            select 'gonka1n' || number, 'wallet'
              from generate_series(1, 3) number
            """;

    /** Three nodes in epochs 5 and 6, with rewards of 1, 2 and 2. */
    private static final String SETTLEMENTS = """
            insert into epoch_settlements
                   (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                    settled_at, observed_at)
            select id, epoch, 0, 0, 0, 0, 0, least(2, right(identifier, 1)::integer), 'unclaimed', false, now(), now()
              from nodes, generate_series(5, 6) epoch
            """;

    private static final String RANK = """
            insert into settlement_ranks (node_id, epoch, rank)
            select node_id, epoch, 1
              from epoch_settlements;
            delete from unranked_epochs
            """;

    private final PostgresDatabase database = TestServers.embedded().migratedDatabase();

    @BeforeEach
    void rankTwoEpochs() {
        database.execute(NODES);
        database.execute(SETTLEMENTS);
        database.execute(RANK);
    }

    @ParameterizedTest
    @EnumSource
    void migrationRanksStoredSettlements(ServerKind kind) {
        PostgresDatabase older = kind.server().databaseAtVersion(21);
        older.execute(NODES);
        older.execute(SETTLEMENTS);

        ProgramRun.succeed(older);

        assertThat(older.rows("""
                select epoch, identifier, rank
                  from settlement_ranks
                  join nodes on id = node_id
                 order by epoch, identifier
                """))
                .containsExactly(
                        "5|gonka1n1|3", "5|gonka1n2|1", "5|gonka1n3|1", "6|gonka1n1|3", "6|gonka1n2|1", "6|gonka1n3|1");
        assertThat(unrankedEpochs(older)).isEmpty();
    }

    @Test
    void newSettlementUnranksEpoch() {
        database.execute("delete from epoch_settlements where epoch = 6; delete from unranked_epochs");

        database.execute(SETTLEMENTS.replace("generate_series(5, 6)", "generate_series(6, 7)"));

        assertThat(unrankedEpochs(database)).containsExactly("6", "7");
    }

    @Test
    void changedRewardUnranksEpoch() {
        database.execute("update epoch_settlements set rewarded = rewarded + 1 where epoch = 5");

        assertThat(unrankedEpochs(database)).containsExactly("5");
    }

    @Test
    void claimLeavesEpochRanked() {
        database.execute("update epoch_settlements set claim = 'claimed', settled_height = 7");

        assertThat(unrankedEpochs(database)).isEmpty();
    }

    @Test
    void movedSettlementLosesRank() {
        database.execute("update epoch_settlements set epoch = 9 where epoch = 5");

        assertThat(unrankedEpochs(database)).containsExactly("5", "9");
        assertThat(rankedEpochs()).containsExactly("6", "6", "6");
    }

    @Test
    void deletedNodeLosesRanks() {
        database.execute("delete from nodes where identifier = 'gonka1n2'");

        assertThat(unrankedEpochs(database)).containsExactly("5", "6");
        assertThat(rankedEpochs()).containsExactly("5", "5", "6", "6");
    }

    @Test
    void truncationRemovesRanks() {
        database.execute("truncate epoch_settlements");

        assertThat(unrankedEpochs(database)).isEmpty();
        assertThat(rankedEpochs()).isEmpty();
    }

    private List<String> rankedEpochs() {
        return database.rows("select epoch from settlement_ranks order by epoch");
    }

    private static List<String> unrankedEpochs(PostgresDatabase database) {
        return database.rows("select epoch from unranked_epochs order by epoch");
    }
}

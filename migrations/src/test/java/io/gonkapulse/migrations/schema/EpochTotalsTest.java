package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.ServerKind;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes settlements in every possible way and compares the derived sums with them. */
@Tag("process")
class EpochTotalsTest {

    private static final int EPOCHS = 12;
    private static final int STATEMENTS = 120;

    private static final String STORED_EPOCHS = "select * from epoch_totals where nodes <> 0 order by epoch";

    private static final String SUMMED_EPOCHS = """
            select epoch,
                   count(*),
                   count(*) filter (where approximate),
                   sum(earned),
                   sum(rewarded),
                   coalesce(sum(rewarded) filter (where claim = 'claimed'), 0),
                   coalesce(sum(rewarded) filter (where claim = 'unclaimed'), 0),
                   coalesce(sum(rewarded) filter (where claim = 'forfeited'), 0),
                   sum(inferences),
                   sum(missed),
                   sum(validated),
                   sum(invalidated),
                   (array_agg(settled_at order by approximate, rewarded desc, node_id))[1],
                   (array_agg(settled_height order by approximate, rewarded desc, node_id))[1]
              from epoch_settlements
             group by epoch
             order by epoch
            """;

    private static final String STORED_DAYS =
            "select * from reward_daily where (unclaimed, forfeited) <> (0, 0) order by date";

    private static final String SUMMED_DAYS = """
            select date, sum(unclaimed), sum(forfeited)
              from (select settled_on as date, rewarded as unclaimed, 0 as forfeited
                      from epoch_settlements
                     where claim = 'unclaimed'
                     union all
                    select (forfeited_at at time zone 'UTC')::date, 0, rewarded
                      from epoch_settlements
                     where claim = 'forfeited') moved
             group by date
            having sum(unclaimed) <> 0 or sum(forfeited) <> 0
             order by date
            """;

    private static final String INSERT = """
            insert into epoch_settlements
                   (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                    settled_at, settled_height, forfeited_at, observed_at)
            select id, epoch, trunc(random() * 1000), trunc(random() * 100), trunc(random() * 9), trunc(random() * 90),
                   trunc(random() * 3), trunc(random() * 3) * 12345678901234567890, claim, random() < 0.4,
                   timestamptz '2026-03-01 23:50:00+00' + epoch * interval '25 hours 40 minutes'
                       + trunc(random() * 3) * interval '5 minutes',
                   nullif(trunc(random() * 4), 0) + epoch * 1000,
                   case
                       when claim = 'forfeited'
                       then timestamptz '2026-03-04 05:00:00+00' + epoch * interval '25 hours 40 minutes'
                   end,
                   now()
              from (select nodes.id,
                           epoch,
                           (array['unclaimed', 'claimed', 'forfeited'])[1 + trunc(random() * 3)::integer] as claim
                      from nodes, generate_series(%d, %d) epoch
                     where random() < 0.6) made
                on conflict (node_id, epoch) do update
               set earned = excluded.earned, inferences = excluded.inferences, missed = excluded.missed,
                   validated = excluded.validated, invalidated = excluded.invalidated, rewarded = excluded.rewarded,
                   claim = excluded.claim, approximate = excluded.approximate, settled_at = excluded.settled_at,
                   settled_height = excluded.settled_height, forfeited_at = excluded.forfeited_at
            """;

    private final Random random = new Random(20);

    @ParameterizedTest
    @EnumSource
    void matchesSettlementsAfterRandomChanges(ServerKind kind) {
        PostgresDatabase database = kind.server().databaseAtVersion(19);
        database.execute("insert into nodes (identifier, identifier_type) "
                + "select 'gonka1n' || number, 'wallet' from generate_series(1, 5) number");
        database.execute(INSERT.formatted(1, EPOCHS));
        ProgramRun.succeed(database);
        assertSumsMatch(database, "the migration");
        assertThat(database.rows(STORED_EPOCHS)).hasSizeGreaterThan(EPOCHS / 2);
        assertThat(database.rows(STORED_DAYS)).hasSizeGreaterThan(2);

        for (int number = 0; number < STATEMENTS; number++) {
            String statement = statement();
            database.execute(statement);
            assertSumsMatch(database, statement);
        }

        database.execute(INSERT.formatted(1, EPOCHS));
        database.execute("delete from nodes where identifier in ('gonka1n1', 'gonka1n2')");
        assertSumsMatch(database, "deletion of nodes");
        database.execute("truncate epoch_settlements");
        assertThat(database.rows("select * from epoch_totals")).isEmpty();
        assertThat(database.rows("select * from reward_daily")).isEmpty();
    }

    private String statement() {
        int epoch = 1 + random.nextInt(EPOCHS);
        return switch (random.nextInt(7)) {
            case 0, 1 -> INSERT.formatted(epoch, epoch + random.nextInt(4));
            case 2 -> "delete from epoch_settlements where random() < 0.2";
            case 3 -> "delete from epoch_settlements where epoch = " + epoch;
            case 4 ->
                "update epoch_settlements set claim = 'forfeited', forfeited_at = settled_at + interval '2 days' "
                        + "where claim = 'unclaimed' and random() < 0.7";
            case 5 ->
                "update epoch_settlements settled set epoch = epoch + 3, rewarded = rewarded + 1 where random() < 0.3 and not exists "
                        + "(select from epoch_settlements other where other.node_id = settled.node_id "
                        + "and other.epoch = settled.epoch + 3)";
            default ->
                "with gone as (delete from epoch_settlements where random() < 0.3 returning node_id, epoch) "
                        + "update epoch_settlements settled set approximate = not approximate, claim = 'claimed', forfeited_at = null "
                        + "where not exists (select from gone where gone.node_id = settled.node_id "
                        + "and gone.epoch = settled.epoch) and random() < 0.5";
        };
    }

    private static void assertSumsMatch(PostgresDatabase database, String after) {
        assertThat(database.rows(STORED_EPOCHS)).as(after).isEqualTo(database.rows(SUMMED_EPOCHS));
        assertThat(database.rows(STORED_DAYS)).as(after).isEqualTo(database.rows(SUMMED_DAYS));
    }
}

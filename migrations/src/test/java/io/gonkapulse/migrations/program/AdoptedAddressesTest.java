package io.gonkapulse.migrations.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.DatabaseState;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Node addresses as users typed them into the portal. */
@Tag("process")
class AdoptedAddressesTest {

    private static final String FIRST = "gonka1qyqszqgpqyqszqgpqyqszqgpqyqszqgpzxxq27";
    private static final String SECOND = "gonka1qgpqyqszqgpqyqszqgpqyqszqgpqyqsznzq9pg";

    @Test
    void normalizesBlanksAndCase() {
        PostgresDatabase database = PortalDatabase.create("synchronised");
        assign(database, "f1", "a", " Gonka1Qgpqyqszqgpqyqszqgpqyqszqgpqyqsznzq9pg\t");
        assign(database, "f2", "a", "rack/7\u00a0");

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("00000000-0000-4000-8000-0000000000f1 becomes \"" + SECOND + '"')
                .contains("00000000-0000-4000-8000-0000000000f2 becomes \"rack_7\"")
                .doesNotContain("checksum");
        assertThat(database.rows("select identifier, identifier_type from nodes order by identifier collate \"C\""))
                .containsExactly(SECOND + "|wallet", FIRST + "|wallet", "rack_7|node_id");
    }

    @Test
    void reportsWrongChecksums() {
        PostgresDatabase database = PortalDatabase.create("synchronised");
        String wrong = SECOND.replaceFirst("g$", "q");
        assign(database, "f1", "a", wrong);

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().filter(line -> line.contains("checksum")))
                .containsExactly("Warning: The address \"" + wrong
                        + "\" is not valid (its checksum is wrong): no tracker will report it");
        assertThat(database.value("select count(*) from nodes where identifier = '" + wrong + "'"))
                .isEqualTo("1");
    }

    @Test
    void mergesSpellingsOfOneNode() {
        PostgresDatabase database = PortalDatabase.create("synchronised");
        assign(database, "f1", "a", FIRST.toUpperCase(Locale.ROOT));
        assign(database, "f2", "c", FIRST + " ");

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Assignment 00000000-0000-4000-8000-0000000000f1", "both users have it now")
                .contains("Assignment 00000000-0000-4000-8000-0000000000f2", "repeats one of the same user");
        assertThat(database.rows("select identifier from nodes")).containsExactly(FIRST);
        assertThat(database.rows("select right(user_id::text, 1), label from user_nodes order by user_id"))
                .containsExactly("a|null", "c|Rig");
    }

    @Test
    void mergesNodesWithSameAddress() {
        PostgresDatabase database = PortalDatabase.create("latest_migrations");
        database.execute("""
                insert into nodes (id, identifier, identifier_type, display_name, created_at)
                values ('00000000-0000-4000-8000-0000000000d1', upper('%1$s'), 'wallet', 'Upper', '2025-12-01'),
                       ('00000000-0000-4000-8000-0000000000d2', '%1$s', 'wallet', null, '2025-12-02');
                insert into earnings_history (node_id, date, earnings_gnk)
                values ('00000000-0000-4000-8000-0000000000d1', '2025-12-10', 1),
                       ('00000000-0000-4000-8000-0000000000d1', '2025-12-11', 2),
                       ('00000000-0000-4000-8000-0000000000d2', '2025-12-11', 3);
                insert into node_stats_cache (node_id, status)
                values ('00000000-0000-4000-8000-0000000000d1', 'healthy');
                """.formatted(FIRST));
        DatabaseState before = DatabaseState.of(database);

        ProgramRun run = ProgramRun.on(database, "adopt", "--yes");
        List<String> nodes = database.rows("select right(id::text, 2), identifier, display_name from nodes");
        List<String> days = database.rows("""
                select right(node_id::text, 2), date, earnings_gnk
                  from earnings_history
                 order by date
                """);
        List<String> stats = database.rows("select right(node_id::text, 2), status from node_stats_cache");
        ProgramRun.succeed(database, "adopt", "--undo", "--yes");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("1 days of earnings moved there; 1 days already exist there");
        assertThat(nodes).containsExactly("d2|" + FIRST + "|Upper");
        assertThat(days).containsExactly("d2|2025-12-10|1.00000000", "d2|2025-12-11|3.00000000");
        assertThat(stats).containsExactly("d2|healthy");
        assertThat(DatabaseState.of(database)).isEqualTo(before);
    }

    @Test
    void reportsBlankAddresses() {
        PostgresDatabase database = PortalDatabase.create("synchronised");
        assign(database, "f1", "a", " \t ");

        ProgramRun run = ProgramRun.on(database, "adopt");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("node_address is blank", "00000000-0000-4000-8000-0000000000f1");
    }

    private static void assign(PostgresDatabase database, String id, String user, String address) {
        database.execute("""
                insert into user_nodes (id, user_id, node_address)
                values ('00000000-0000-4000-8000-0000000000%s', '00000000-0000-4000-8000-00000000000%s', '%s')
                """.formatted(id, user, address));
    }
}

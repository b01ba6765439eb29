package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.DataDump;
import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SampleRows;
import io.gonkapulse.migrations.server.TestServers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class AssignmentMigrationTest {

    private final PostgresDatabase database = TestServers.embedded().databaseAtVersion(6);

    @BeforeEach
    void insertRows() {
        SampleRows.insertInto(database);
    }

    @Test
    void createsNodesAndKeepsAssignments() {
        ProgramRun.succeed(database, "migrate", "--to", "7");

        assertThat(database.rows("""
                select identifier, identifier_type, length(display_name), gpu_type, gcore_instance_id
                  from nodes
                 order by identifier collate "C"
                """))
                .containsExactly(
                        "Node with spaces|node_id|6|null|instance-2",
                        "gonka1aaa|wallet|100|H100|instance-1",
                        "gonkavalcons1ccc|validator|0|A100|null",
                        "gonkavaloper1bbb|operator|null|null|null");
        assertThat(database.rows("""
                select identifier, length(label), notes is null, is_active, assigned_at at time zone 'UTC', assigned_by
                  from user_nodes
                  join nodes on nodes.id = node_id
                 order by identifier collate "C"
                """))
                .containsExactly(
                        "Node with spaces|6|f|f|2025-01-06 00:00:00|null",
                        "gonka1aaa|255|f|t|2025-01-02 03:04:05.678901|null",
                        "gonkavalcons1ccc|0|f|t|2025-01-04 00:00:00|null",
                        "gonkavaloper1bbb|null|t|f|2025-01-03 00:00:00|null");
    }

    @Test
    void fillsOnlyMissingNodeFields() {
        SampleRows.insertKnownNode(database);

        ProgramRun.succeed(database, "migrate", "--to", "7");

        assertThat(database.rows("""
                select id, length(display_name), gpu_type, gcore_instance_id, region
                  from nodes
                 where identifier = 'gonka1aaa'
                """))
                .containsExactly("00000000-0000-4000-8000-0000000000d1|100|H200|instance-1|Tokyo");
    }

    @Test
    void rollsBackWhenRowsChange() {
        database.execute("""
                create function spoil() returns trigger language plpgsql as
                $$ begin new.identifier := upper(new.identifier); return new; end $$;
                create trigger spoil before insert on nodes for each row execute function spoil();
                """);
        List<String> before = DataDump.of(database);

        ProgramRun run = ProgramRun.on(database, "migrate", "--to", "7");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "V7",
                        "00000000-0000-4000-8000-0000000000a1 (gonka1aaa of user 00000000-0000-4000-8000-00000000000a)",
                        "triggers",
                        "Nothing of it remains");
        assertThat(DataDump.of(database)).isEqualTo(before);
        assertThat(ProgramRun.on(database, "version").out().strip()).isEqualTo("6");
    }

    @Test
    void undoRefusesSharedNodes() {
        ProgramRun.succeed(database, "migrate", "--to", "7");
        database.execute("""
                insert into user_nodes (user_id, node_id)
                select '00000000-0000-4000-8000-00000000000b', id from nodes where identifier = 'gonka1aaa'
                """);
        List<String> before = DataDump.of(database);

        ProgramRun run = ProgramRun.on(database, "undo");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("gonka1aaa (2 users)", "Nothing was changed");
        assertThat(DataDump.of(database)).isEqualTo(before);
    }

    @Test
    void undoKeepsLaterChanges() {
        ProgramRun.succeed(database, "migrate", "--to", "7");
        database.execute("""
                update user_nodes set label = 'renamed', notes = 'new note', is_active = true
                 where node_id = (select id from nodes where identifier = 'gonkavaloper1bbb');
                insert into nodes (identifier, identifier_type, gpu_type) values ('gonka1new', 'wallet', 'H200');
                insert into user_nodes (user_id, node_id, label)
                select '00000000-0000-4000-8000-00000000000b', id, 'late' from nodes where identifier = 'gonka1new';
                delete from user_nodes where node_id = (select id from nodes where identifier = 'gonkavalcons1ccc');
                """);

        ProgramRun.succeed(database, "undo");

        assertThat(database.rows("""
                select node_address, left(label, 7), notes, gpu_type, is_active
                  from user_nodes
                 order by node_address collate "C"
                """))
                .containsExactly(
                        "Node with spaces|Rack 7|note|null|f",
                        "gonka1aaa|" + "ü".repeat(7) + "|two\nlines|H100|t",
                        "gonka1new|late|null|H200|t",
                        "gonkavaloper1bbb|renamed|new note|null|t");
        assertThat(database.rows("select id from user_nodes where node_address = 'gonkavaloper1bbb'"))
                .containsExactly("00000000-0000-4000-8000-0000000000a2");
    }

    @Test
    void undoKeepsNodesWithEarnings() {
        ProgramRun.succeed(database, "migrate", "--to", "7");
        database.execute("""
                insert into earnings_history (node_id, date, earnings_gnk)
                select id, '2025-05-05', 1.5 from nodes where identifier = 'gonka1aaa'
                """);

        ProgramRun.succeed(database, "undo");

        assertThat(database.rows("select identifier from nodes")).containsExactly("gonka1aaa");
        assertThat(database.rows("select earnings_gnk from earnings_history")).containsExactly("1.50000000");
    }
}

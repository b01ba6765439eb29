package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.SampleRows;
import io.gonkapulse.migrations.server.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class RequestMigrationTest {

    private static final String ALICE = "00000000-0000-4000-8000-00000000000a";
    private static final String BOB = "00000000-0000-4000-8000-00000000000b";

    private final PostgresDatabase database = TestServers.embedded().databaseAtVersion(6);

    @BeforeEach
    void migrateToSevenWithRows() {
        SampleRows.insertInto(database);
        ProgramRun.succeed(database, "migrate", "--to", "7");
    }

    @Test
    void findsProcessorByMailOrId() {
        ProgramRun run = ProgramRun.on(database, "migrate", "--to", "8");

        assertThat(run.out())
                .contains("Warning: Requests whose processor is no known user")
                .contains("00000000-0000-4000-8000-0000000000c3 (processed by \"the night shift\")")
                .doesNotContain("c4 (");
        assertThat(database.rows(
                        "select right(id::text, 2), processed_by, processed_by_original from node_requests order by 1"))
                .containsExactly(
                        "c1|" + ALICE + "| ALICE@example.com ",
                        "c2|" + BOB + "|00000000-0000-4000-8000-00000000000B",
                        "c3|null|the night shift",
                        "c4|null|null");
    }

    @Test
    void ignoresAmbiguousAddress() {
        database.execute("insert into users (email, provider) values ('alice@EXAMPLE.com', 'google')");

        ProgramRun.succeed(database, "migrate", "--to", "8");

        assertThat(database.value("select processed_by from node_requests where id::text like '%c1'"))
                .isEqualTo("null");
    }

    @Test
    void appliesDefaultsAndChecks() {
        ProgramRun.succeed(database, "migrate", "--to", "8");

        database.execute("insert into node_requests (user_id, gpu_type) values ('" + ALICE + "', '4090')");

        assertThat(database.rows("select type, network, status, gpu_count from node_requests where gpu_type = '4090'"))
                .containsExactly("new_node|gonka|pending|1");
        for (String wrong : new String[] {"type = 'wish'", "status = 'lost'", "gpu_type = 'toaster'"}) {
            assertThatThrownBy(() -> database.execute("update node_requests set " + wrong))
                    .hasMessageContaining("chk_request");
        }
    }

    @Test
    void undoRestoresProcessors() {
        ProgramRun.succeed(database, "migrate", "--to", "8");
        database.execute("update node_requests set processed_by = '" + BOB + "' where id::text like '%c4'");
        database.execute("update node_requests set processed_by = '" + BOB + "' where id::text like '%c1'");

        ProgramRun.succeed(database, "undo");

        assertThat(database.rows("select right(id::text, 2), processed_by from node_requests order by 1"))
                .containsExactly(
                        "c1|" + BOB, "c2|00000000-0000-4000-8000-00000000000B", "c3|the night shift", "c4|" + BOB);
    }

    @Test
    void keepsRequestOfDeletedProcessor() {
        ProgramRun.succeed(database, "migrate", "--to", "8");

        database.execute("delete from users where id = '" + ALICE + "'");

        assertThat(database.rows(
                        "select processed_by_original, processed_by from node_requests where id::text like '%c2'"))
                .containsExactly("00000000-0000-4000-8000-00000000000B|" + BOB);
    }
}

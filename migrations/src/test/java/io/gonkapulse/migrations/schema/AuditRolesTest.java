package io.gonkapulse.migrations.schema;

import static io.gonkapulse.migrations.server.AuditMigrations.NEWEST_AUDIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ProgramRun;
import io.gonkapulse.migrations.server.ServerKind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rights in the schema of job audit. Group roles belong to the server, which other tests share. */
@Tag("process")
class AuditRolesTest {

    @ParameterizedTest
    @EnumSource
    void recorderWritesOnlyJobs(ServerKind kind) {
        PostgresDatabase recorder = seeded(kind, "a_recorder", "gonkapulse_job_recorder");

        recorder.execute("""
                set search_path = audit;
                insert into jobs (job_id, bot_id, first_time) values (gen_random_uuid(), 'real', now());
                update jobs set running = true;
                delete from job_stages;
                delete from jobs;
                insert into consumer_offsets (consumer_group, topic, partition, next_offset) values ('g', 't', 0, 1);
                insert into job_partitions (partition, newest_at) values (0, now());
                select roll_partitions(now(), interval '90 days');
                select delete_other_ids(now(), 10);
                create temporary table shadow (id int);
                """);
        for (String forbidden : List.of(
                "update audit.job_retention set dropped_before = now()",
                "truncate audit.jobs",
                "drop table audit.jobs",
                "select audit.drop_day('_20250101')",
                "create table audit.mine (id int)",
                "call audit.grant_job_rights()")) {
            assertDenied(recorder, forbidden);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readerSeesOnlyViews(ServerKind kind) {
        PostgresDatabase reader = seeded(kind, "a_reader", "gonkapulse_reader");

        assertThat(reader.value("select count(*) from audit.jobs_api")).isEqualTo("200");
        assertThat(reader.value("select sum(n) from audit.job_counts_api where kind = 'accepted'"))
                .isEqualTo("200");
        reader.rows("select * from audit.job_stages_api");
        reader.rows("select * from audit.job_durations_api");
        assertThat(reader.value("select max(version::int) from audit.flyway_schema_history"))
                .isEqualTo(String.valueOf(NEWEST_AUDIT));
        for (String forbidden : List.of(
                "select * from audit.jobs",
                "select * from audit.consumer_offsets",
                "delete from audit.jobs_api",
                "select audit.roll_partitions(now(), interval '90 days')",
                "create table audit.mine (id int)")) {
            assertDenied(reader, forbidden);
        }
    }

    @ParameterizedTest
    @EnumSource
    void undoKeepsRightsOfOtherModule(ServerKind kind) {
        PostgresDatabase database = kind.server().freshDatabase();
        ProgramRun.succeed(database, "migrate", "--module", "all");
        PostgresDatabase reader = kind.server().login(database, "a_reader", "gonkapulse_reader");

        ProgramRun.succeed(database, "undo", "--all", "--module", "audit");
        assertThat(reader.value("select count(*) from nodes")).isEqualTo("0");

        ProgramRun.succeed(database, "migrate", "--module", "audit");
        ProgramRun.succeed(database, "undo", "--all");
        assertThat(reader.value("select count(*) from audit.jobs_api")).isEqualTo("0");
    }

    private static PostgresDatabase seeded(ServerKind kind, String name, String group) {
        PostgresDatabase database = kind.server().freshDatabase();
        ProgramRun.succeed(database, "migrate", "--module", "audit");
        ProgramRun.succeed(database, "seed", "--module", "audit");
        return kind.server().login(database, name, group);
    }

    private static void assertDenied(PostgresDatabase login, String forbidden) {
        assertThatThrownBy(() -> login.execute(forbidden))
                .as("%s: %s", login.user(), forbidden)
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
}

package io.gonkapulse.migrations.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MigrationScriptTest {

    @Test
    void readsMultiLineHeader() {
        ScriptHeader header = MigrationScript.of("U1__a.sql", """
                        -- U1: undoes V1
                        -- Data: some is
                        --     lost
                        -- Lock timeout: 2min (because)
                        -- Statement timeout: 500ms
                        -- Transaction: no
                        drop index concurrently a;
                        """).header();

        assertThat(header)
                .isEqualTo(new ScriptHeader(
                        "undoes V1", "some is lost", Duration.ofMinutes(2), Duration.ofMillis(500), false));
    }

    @Test
    void appliesDefaultLimits() {
        ScriptHeader header = MigrationScript.of("V1__a.sql", "select 1").header();

        assertThat(header.lockTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(header.statementTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(header.transactional()).isTrue();
    }

    @Test
    void splitsNonTransactionalStatements() {
        MigrationScript script = MigrationScript.of("V1__a.sql", """
                -- Transaction: no
                create index concurrently a on t (a);
                -- and
                create index concurrently b
                    on t (b);
                """);

        assertThat(script.statements())
                .containsExactly("create index concurrently a on t (a)", "create index concurrently b\n    on t (b)");
    }

    @Test
    void removesConcurrently() {
        MigrationScript script = MigrationScript.of("V1__a.sql", """
                -- Transaction: no
                create index concurrently a on t (a);
                drop index concurrently if exists b;
                """).withoutConcurrently();

        assertThat(script.statements()).containsExactly("""
                -- Transaction: yes
                create index a on t (a);
                drop index if exists b;
                """);
    }

    @Test
    void rejectsUnknownModule() {
        assertThat(MigrationModule.of("tracker").schema()).isEqualTo("public");
        assertThatThrownBy(() -> MigrationModule.of("audit"))
                .hasMessage("--module: there are no migrations for audit yet");
        assertThatThrownBy(() -> MigrationModule.of("Tracker"))
                .hasMessageContaining("expected tracker, audit or relay");
        assertThatThrownBy(() -> MigrationModule.of("tracker").undoScript("V99__none.sql"))
                .hasMessageContaining("Expected db/tracker/undo/U99__none.sql in this program");
    }
}

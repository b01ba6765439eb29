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
    void findsModules() {
        assertThat(MigrationModule.listOf("--module", "audit")).containsExactly(MigrationModule.AUDIT);
        assertThat(MigrationModule.listOf("--module", "all"))
                .containsExactly(MigrationModule.TRACKER, MigrationModule.AUDIT);
        assertThat(MigrationModule.listOf("--module", "audit, tracker,audit"))
                .containsExactly(MigrationModule.AUDIT, MigrationModule.TRACKER);
    }

    @Test
    void rejectsUnknownModule() {
        assertThatThrownBy(() -> MigrationModule.listOf("--module", "relay"))
                .hasMessage("--module: there are no migrations for relay yet");
        assertThatThrownBy(() -> MigrationModule.listOf("MIGRATIONS_MODULES", "tracker,Audit"))
                .hasMessage("MIGRATIONS_MODULES: expected tracker, audit or all, got \"Audit\"");
        assertThatThrownBy(() -> MigrationModule.listOf("--module", "")).hasMessageContaining("got \"\"");
        assertThatThrownBy(() -> MigrationModule.TRACKER.undoScript("V99__none.sql"))
                .hasMessageContaining("Expected db/tracker/undo/U99__none.sql in this program");
    }
}

package io.gonkapulse.migrations.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void theHeaderIsReadOverSeveralLines() {
        Header header = Script.of("U1__a.sql", """
                        -- U1: the way back
                        -- Data: some is
                        --     lost
                        -- Lock timeout: 2min (because)
                        -- Statement timeout: 500ms
                        -- Transaction: no
                        drop index concurrently a;
                        """).header();

        assertThat(header)
                .isEqualTo(new Header(
                        "the way back", "some is lost", Duration.ofMinutes(2), Duration.ofMillis(500), false));
    }

    @Test
    void withoutAHeaderTheLimitsAreStillThere() {
        Header header = Script.of("V1__a.sql", "select 1").header();

        assertThat(header.lockTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(header.statementTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(header.transactional()).isTrue();
    }

    @Test
    void outsideATransactionStatementsGoOneByOne() {
        Script script = Script.of("V1__a.sql", """
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
    void insideATransactionTheyGoTogetherAndConcurrentlyIsLeftOut() {
        Script script = Script.of("V1__a.sql", """
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
    void aModuleWithoutStepsIsNamed() {
        assertThat(StepFolder.of("tracker").schema()).isEqualTo("public");
        assertThatThrownBy(() -> StepFolder.of("audit")).hasMessage("--module: there are no migrations for audit yet");
        assertThatThrownBy(() -> StepFolder.of("Tracker")).hasMessageContaining("expected tracker, audit or relay");
        assertThatThrownBy(() -> StepFolder.of("tracker").back("V99__none.sql"))
                .hasMessageContaining("Expected db/tracker/undo/U99__none.sql in this program");
    }
}

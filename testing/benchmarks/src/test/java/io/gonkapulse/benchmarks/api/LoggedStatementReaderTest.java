package io.gonkapulse.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoggedStatementReaderTest {

    private static final String LOG = """
            2026-11-30 18:37:11.043 UTC [1] LOG:  duration: 0.052 ms  bind S_1: select a
            	  from jobs_api where bot_id = $1
            2026-11-30 18:37:11.043 UTC [1] DETAIL:  Parameters: $1 = 'bot-01'
            2026-11-30 18:37:11.043 UTC [1] LOG:  duration: 35.533 ms  execute S_1: select a
            	  from jobs_api where bot_id = $1
            	   and b = $2 and c = $10
            2026-11-30 18:37:11.043 UTC [1] DETAIL:  Parameters: $1 = 'it''s', $2 = NULL, $10 = '{1,2}'
            2026-11-30 18:37:12.043 UTC [1] LOG:  duration: 0.5 ms  execute <unnamed>: select other
            2026-11-30 18:37:12.043 UTC [1] DETAIL:  Parameters: $1 = '3'
            """;

    @Test
    void insertsParameters() {
        assertThat(LoggedStatementReader.findLast(LOG, "bot_id = $"))
                .startsWith("select a\n")
                .endsWith("where bot_id = 'it''s'\n\t   and b = NULL and c = '{1,2}'");
    }

    @Test
    void namesMissingStatement() {
        assertThatThrownBy(() -> LoggedStatementReader.findLast(LOG, "series")).hasMessageContaining("\"series\"");
    }
}

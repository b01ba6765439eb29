package io.gonkapulse.earningsaggregator.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.history.TestEarningsWriter;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class HistoryCheckTest {

    private static final String END_IDLE_SESSIONS_SOON = """
            do $$
            begin
                execute format('alter database %I set idle_in_transaction_session_timeout = 200', current_database());
            end
            $$
            """;

    private static final String IDLE_FOR_LONGER = """
            select exists (
                   select
                     from pg_stat_activity
                    where datname = current_database()
                      and state = 'idle in transaction'
                      and state_change < clock_timestamp() - interval '600 milliseconds')
            """;

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void toleratesSlowListener(TestDatabase server) throws Exception {
        EarningsDatabase database = EarningsDatabase.migrated(server);
        new TestEarningsWriter(database, InstantSource.fixed(NOON))
                .write(TestMessages.live().at(NOON).earned(100).build());
        database.owner().update("update earnings_history set inferences = inferences + 1");
        database.owner().execute(END_IDLE_SESSIONS_SOON);

        HistoryCheck.HistoryCheckResult result = new HistoryCheck(database.source())
                .run(difference -> await().atMost(ONE_MINUTE)
                        .until(() ->
                                Boolean.TRUE.equals(database.owner().queryForObject(IDLE_FOR_LONGER, Boolean.class))));

        assertThat(result.days().changed()).isEqualTo(1);
    }
}

package io.gonkapulse.workercore.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class FailureClassifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"22003", "22021", "22P02", "23502", "23505", "23514", "P0001"})
    void whatARecordCanCauseIsBlamedOnIt(String state) {
        assertThat(judge(state)).isEqualTo(Verdict.BLAME_THE_RECORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08006", "25006", "40001", "40P01", "42501", "42P01", "53100", "53200", "53300",
                "55P03", "57014", "57P01", "57P02", "57P03", "58030", "XX000", "2", ""
            })
    void everythingElseThatADatabaseSaysIsWaitedFor(String state) {
        assertThat(judge(state)).isEqualTo(Verdict.WAIT);
    }

    private static Verdict judge(String state) {
        return FailureClassifier.judge(
                new DataIntegrityViolationException("refused", new SQLException("refused", state)));
    }

    @Test
    void failuresOfTheSurroundingsWithoutASqlStateAreWaitedFor() {
        assertThat(FailureClassifier.judge(new SQLException("closed"))).isEqualTo(Verdict.WAIT);
        assertThat(FailureClassifier.judge(new CannotCreateTransactionException("no connection")))
                .isEqualTo(Verdict.WAIT);
        assertThat(FailureClassifier.judge(new ConcurrencyFailureException("again")))
                .isEqualTo(Verdict.WAIT);
        assertThat(FailureClassifier.judge(new TimeoutException("broker"))).isEqualTo(Verdict.WAIT);
    }

    @Test
    void aHandlerThatTripsOverARecordBlamesIt() {
        IllegalStateException failure = new IllegalStateException("Expected another");

        assertThat(FailureClassifier.judge(failure)).isEqualTo(Verdict.BLAME_THE_RECORD);
        assertThat(FailureClassifier.reason(failure)).isEqualTo("IllegalStateException");
        assertThat(FailureClassifier.error(failure)).contains("Expected another");
        assertThat(FailureClassifier.reason(new IllegalStateException(new SQLException("no", "23505"))))
                .isEqualTo("SQLSTATE 23505");
    }
}

package io.gonkapulse.workercore.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.workercore.consumer.FailureClassifier.FailureKind;
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
    void classifiesDataErrorsAsBadRecord(String state) {
        assertThat(classify(state)).isEqualTo(FailureKind.BAD_RECORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08000", "08001", "08006", "25006", "40001", "40P01", "42501", "42P01", "53100", "53200", "53300",
                "55P03", "57014", "57P01", "57P02", "57P03", "58030", "XX000", "2", ""
            })
    void classifiesOtherSqlStatesAsTransient(String state) {
        assertThat(classify(state)).isEqualTo(FailureKind.TRANSIENT);
    }

    private static FailureKind classify(String state) {
        return FailureClassifier.classify(
                new DataIntegrityViolationException("refused", new SQLException("refused", state)));
    }

    @Test
    void classifiesInfrastructureFailuresAsTransient() {
        assertThat(FailureClassifier.classify(new SQLException("closed"))).isEqualTo(FailureKind.TRANSIENT);
        assertThat(FailureClassifier.classify(new CannotCreateTransactionException("no connection")))
                .isEqualTo(FailureKind.TRANSIENT);
        assertThat(FailureClassifier.classify(new ConcurrencyFailureException("again")))
                .isEqualTo(FailureKind.TRANSIENT);
        assertThat(FailureClassifier.classify(new TimeoutException("broker"))).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void classifiesHandlerFailureAsBadRecord() {
        IllegalStateException failure = new IllegalStateException("Expected another");

        assertThat(FailureClassifier.classify(failure)).isEqualTo(FailureKind.BAD_RECORD);
        assertThat(FailureClassifier.reason(failure)).isEqualTo("IllegalStateException");
        assertThat(FailureClassifier.error(failure)).contains("Expected another");
        assertThat(FailureClassifier.reason(new IllegalStateException(new SQLException("no", "23505"))))
                .isEqualTo("SQLSTATE 23505");
    }
}

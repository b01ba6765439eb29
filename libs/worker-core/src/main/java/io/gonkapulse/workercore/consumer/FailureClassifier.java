package io.gonkapulse.workercore.consumer;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Distinguishes bad records from transient failures by SQLSTATE. Unknown failures count as
 * transient: retrying costs time, dead-lettering a healthy batch loses data.
 */
public final class FailureClassifier {

    /** 22 data exception, 23 constraint violation, P0 raised by a trigger. */
    private static final Set<String> DATA_ERROR_CLASSES = Set.of("22", "23", "P0");

    private FailureClassifier() {}

    public static FailureKind classify(Throwable failure) {
        SQLException sqlFailure = findCause(failure, SQLException.class);
        if (sqlFailure != null) {
            String state = sqlFailure.getSQLState();
            return state != null && state.length() == 5 && DATA_ERROR_CLASSES.contains(state.substring(0, 2))
                    ? FailureKind.BAD_RECORD
                    : FailureKind.TRANSIENT;
        }
        boolean transientFailure = findCause(failure, DataAccessException.class) != null
                || findCause(failure, TransactionException.class) != null
                || findCause(failure, KafkaException.class) != null
                || findCause(failure, InterruptedException.class) != null;
        return transientFailure ? FailureKind.TRANSIENT : FailureKind.BAD_RECORD;
    }

    /** True if the driver's socket timeout expired. Fewer records per statement may then succeed. */
    static boolean isReadTimeout(Throwable failure) {
        return findCause(failure, SocketTimeoutException.class) != null;
    }

    /** Reason word of a dead letter: the SQLSTATE, or the type of the exception. */
    static String reason(Throwable failure) {
        SQLException sqlFailure = findCause(failure, SQLException.class);
        return sqlFailure == null ? failure.getClass().getSimpleName() : "SQLSTATE " + sqlFailure.getSQLState();
    }

    static String error(Throwable failure) {
        SQLException sqlFailure = findCause(failure, SQLException.class);
        return String.valueOf(sqlFailure == null ? failure.toString() : sqlFailure.getMessage());
    }

    private static <T extends Throwable> @Nullable T findCause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** What a failure says about the records of a batch. */
    public enum FailureKind {
        /** Infrastructure failed: the same records can succeed later, so nothing is dead-lettered. */
        TRANSIENT,
        /** One record is invalid: it fails on every attempt, and also alone. */
        BAD_RECORD
    }
}

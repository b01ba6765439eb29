package io.gonkapulse.workercore.intake;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Tells a bad record from bad surroundings, by the SQLSTATE of the database. A record is blamed only for what it can be
 * the cause of; everything unheard-of is waited for, because a healthy batch that is set aside is a loss.
 */
final class FailureClassifier {

    /** 22 data exception, 23 constraint violation, P0 raised by a trigger. */
    private static final Set<String> ABOUT_THE_DATA = Set.of("22", "23", "P0");

    private FailureClassifier() {}

    static Verdict judge(Throwable failure) {
        SQLException refusal = first(failure, SQLException.class);
        if (refusal != null) {
            String state = refusal.getSQLState();
            return state != null && state.length() == 5 && ABOUT_THE_DATA.contains(state.substring(0, 2))
                    ? Verdict.BLAME_THE_RECORD
                    : Verdict.WAIT;
        }
        boolean surroundings = first(failure, DataAccessException.class) != null
                || first(failure, TransactionException.class) != null
                || first(failure, KafkaException.class) != null
                || first(failure, InterruptedException.class) != null;
        return surroundings ? Verdict.WAIT : Verdict.BLAME_THE_RECORD;
    }

    /** Whether the database did not answer within the time that the driver waits: fewer records may take less. */
    static boolean tookTooLong(Throwable failure) {
        return first(failure, SocketTimeoutException.class) != null;
    }

    /** A few fixed words: the SQLSTATE, or the kind of exception. */
    static String reason(Throwable failure) {
        SQLException refusal = first(failure, SQLException.class);
        return refusal == null ? failure.getClass().getSimpleName() : "SQLSTATE " + refusal.getSQLState();
    }

    static String error(Throwable failure) {
        SQLException refusal = first(failure, SQLException.class);
        return String.valueOf(refusal == null ? failure.toString() : refusal.getMessage());
    }

    private static <T extends Throwable> @Nullable T first(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}

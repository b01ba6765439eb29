package io.gonkapulse.migrations.database;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.misconfigured;

import io.gonkapulse.migrations.scripts.DurationFormatter;
import io.gonkapulse.migrations.scripts.MigrationException;
import io.gonkapulse.migrations.scripts.MigrationListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** Connects to a database that may still be starting, with exponential back-off. */
public final class DatabaseConnectionPoller {

    /** SQLSTATEs that may pass: connection failures, too many connections, shutdown, and start-up of the server. */
    private static final Set<String> TRANSIENT_STATES =
            Set.of("08001", "08006", "08003", "53300", "57P01", "57P02", "57P03");

    /** Short first, because a database that starts together with this job needs a second or two. */
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(250);

    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);

    private final Duration timeout;
    private final MigrationListener listener;

    public DatabaseConnectionPoller(Duration timeout, MigrationListener listener) {
        this.timeout = timeout;
        this.listener = listener;
    }

    /**
     * Returns an open session.
     *
     * @throws MigrationException at once for a permanent failure, or after the timeout
     */
    public Connection connect(MigrationDatabase database) {
        long start = System.nanoTime();
        Duration backOff = FIRST_BACK_OFF;
        while (true) {
            try {
                return database.open();
            } catch (SQLException e) {
                backOff = backOffOrFail(e, database.location(), Duration.ofNanos(System.nanoTime() - start), backOff);
            }
        }
    }

    private Duration backOffOrFail(SQLException failure, String location, Duration waited, Duration backOff) {
        if (!TRANSIENT_STATES.contains(String.valueOf(failure.getSQLState()))) {
            throw toException(failure, location);
        }
        Duration left = timeout.minus(waited);
        if (left.isNegative() || left.isZero()) {
            throw failed(
                    "No database at " + location + " after " + DurationFormatter.format(waited) + " of waiting ("
                            + SqlFailureFormatter.firstLine(failure)
                            + "): check DB_HOST and DB_PORT (or DATABASE_URL), start it, or wait longer with --wait",
                    failure);
        }
        Duration next = backOff.compareTo(left) < 0 ? backOff : left;
        listener.report("Waiting for the database at " + location + " (" + SqlFailureFormatter.firstLine(failure)
                + "), " + DurationFormatter.format(waited) + " of " + DurationFormatter.format(timeout));
        RetryInterval.await(next);
        return backOff.multipliedBy(2).compareTo(MAX_BACK_OFF) < 0 ? backOff.multipliedBy(2) : MAX_BACK_OFF;
    }

    /** Names the setting to correct. Passwords never appear in the message. */
    private static MigrationException toException(SQLException failure, String location) {
        String state = String.valueOf(failure.getSQLState());
        String message = SqlFailureFormatter.firstLine(failure);
        if (state.startsWith("28")) {
            return misconfigured("DB_USERNAME or DB_PASSWORD (or the ones in DATABASE_URL) were rejected by " + location
                    + ": " + message);
        }
        if (state.equals("08004")) {
            return misconfigured(
                    "DB_PASSWORD, or sslmode in DATABASE_URL, was rejected by " + location + ": " + message);
        }
        if (state.equals("3D000")) {
            return misconfigured(
                    "DB_DATABASE (or the one in DATABASE_URL) does not exist at " + location + ": " + message);
        }
        if (state.startsWith("22")) {
            return misconfigured("DATABASE_URL or SPRING_DATASOURCE_URL has an invalid parameter: " + message);
        }
        return failed("Could not connect to " + location + ": " + message, failure);
    }
}

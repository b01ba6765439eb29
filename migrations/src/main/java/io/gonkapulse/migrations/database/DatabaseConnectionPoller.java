package io.gonkapulse.migrations.database;

import static io.gonkapulse.migrations.output.MigrationException.failed;

import io.gonkapulse.migrations.output.DurationParser;
import io.gonkapulse.migrations.output.ElapsedTime;
import io.gonkapulse.migrations.output.MigrationListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Connects to a database that may still be starting, with exponential back-off. */
public final class DatabaseConnectionPoller {

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
                backOff = backOffOrFail(e, database.location(), ElapsedTime.since(start), backOff);
            }
        }
    }

    private Duration backOffOrFail(SQLException failure, String location, Duration waited, Duration backOff) {
        if (!ConnectionFailureMapper.isTransient(failure)) {
            throw ConnectionFailureMapper.toException(failure, location);
        }
        Duration left = timeout.minus(waited);
        if (left.isNegative() || left.isZero()) {
            throw failed(
                    "No database at " + location + " after " + ElapsedTime.format(waited) + " of waiting ("
                            + ConnectionFailureMapper.firstLine(failure)
                            + "): check DB_HOST and DB_PORT (or DATABASE_URL), start it, or wait longer with --wait",
                    failure);
        }
        Duration next = backOff.compareTo(left) < 0 ? backOff : left;
        listener.report("Waiting for the database at " + location + " (" + ConnectionFailureMapper.firstLine(failure)
                + "), " + ElapsedTime.format(waited) + " of " + ElapsedTime.format(timeout));
        DurationParser.waitFor(next);
        return backOff.multipliedBy(2).compareTo(MAX_BACK_OFF) < 0 ? backOff.multipliedBy(2) : MAX_BACK_OFF;
    }
}

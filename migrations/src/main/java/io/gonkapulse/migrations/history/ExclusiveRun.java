package io.gonkapulse.migrations.history;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.database.DatabaseWait;
import io.gonkapulse.migrations.outcome.Narrator;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Two sessions and the right to change the schema. The watching session holds the lock that all runs share and keeps the
 * journal; the working session takes the steps. The working one holds a lock too: a killed run may have left its session
 * at work, and that one is waited for.
 */
public final class ExclusiveRun implements AutoCloseable {

    private final Connection watching;
    private final Connection working;

    private ExclusiveRun(Connection watching, Connection working) {
        this.watching = watching;
        this.working = working;
    }

    public static ExclusiveRun enter(Database database, RunOptions options, Narrator narrator) {
        Duration lockWait = options.lockWait();
        Connection watching = new DatabaseWait(options.databaseWait(), narrator).connect(database);
        try {
            new RunLock(RunLock.RUN, database.schema()).take(watching, lockWait, narrator);
            Connection working = database.open();
            try {
                new RunLock(RunLock.STEP, database.schema()).take(working, lockWait, narrator);
                return new ExclusiveRun(watching, working);
            } catch (SQLException | RuntimeException e) {
                working.close();
                throw e;
            }
        } catch (SQLException e) {
            close(watching);
            throw failed("Could not begin at " + database.place() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close(watching);
            throw e;
        }
    }

    public Connection watching() {
        return watching;
    }

    public Connection working() {
        return working;
    }

    /** Without the watching session the lock is gone, and another run may be at work. */
    public void requireLock() throws SQLException {
        if (!watching.isValid(5)) {
            throw failed("The session that holds the lock is gone, so the next step was not begun: "
                    + "look at the database's log, then run again");
        }
    }

    @Override
    public void close() {
        close(working);
        close(watching);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(ExclusiveRun.class.getName())
                    .log(System.Logger.Level.DEBUG, "The session was gone already", e);
        }
    }
}

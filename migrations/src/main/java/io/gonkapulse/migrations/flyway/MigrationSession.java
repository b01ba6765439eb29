package io.gonkapulse.migrations.flyway;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;

import io.gonkapulse.migrations.database.DatabaseConnectionPoller;
import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.RunLock;
import io.gonkapulse.migrations.scripts.MigrationListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Two sessions with the exclusive right to change the schema. The lock session holds the run lock and writes the
 * journal; the work session runs the migrations. The work session holds a lock as well: the server may still execute
 * the statement of a killed run, and the next run must wait for it.
 */
public final class MigrationSession implements AutoCloseable {

    /** In auto-commit mode, so that journal entries survive a rollback of the work session. */
    private final Connection lockConnection;

    private final Connection workConnection;

    private MigrationSession(Connection lockConnection, Connection workConnection) {
        this.lockConnection = lockConnection;
        this.workConnection = workConnection;
    }

    /**
     * Waits for the database and for other runs.
     *
     * @throws MigrationException if either wait exceeds its limit
     */
    public static MigrationSession open(MigrationDatabase database, RunOptions options, MigrationListener listener) {
        Duration lockWait = options.lockWait();
        Connection lockConnection = new DatabaseConnectionPoller(options.databaseWait(), listener).connect(database);
        try {
            new RunLock(RunLock.RUN_KEY).acquire(lockConnection, lockWait, listener);
            // Opened after the run lock is held, so that waiting runs use one session each.
            Connection workConnection = database.open();
            try {
                new RunLock(RunLock.MIGRATION_KEY).acquire(workConnection, lockWait, listener);
                return new MigrationSession(lockConnection, workConnection);
            } catch (SQLException | RuntimeException e) {
                workConnection.close();
                throw e;
            }
        } catch (SQLException e) {
            close(lockConnection);
            throw failed("Could not start at " + database.location() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close(lockConnection);
            throw e;
        }
    }

    public Connection lockConnection() {
        return lockConnection;
    }

    public Connection workConnection() {
        return workConnection;
    }

    /** If the lock session is gone, so is the lock, and another run may be active. */
    public void requireLock() throws SQLException {
        // Seconds. The driver asks the server, because a dropped connection shows only when it is used.
        if (!lockConnection.isValid(5)) {
            throw failed("The session that holds the lock is gone, so the next migration was not started: "
                    + "check the server log, then run again");
        }
    }

    @Override
    public void close() {
        // Work session first: its lock must be free when the next run gets the run lock.
        close(workConnection);
        close(lockConnection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(MigrationSession.class.getName())
                    .log(System.Logger.Level.DEBUG, "The session was already closed", e);
        }
    }
}

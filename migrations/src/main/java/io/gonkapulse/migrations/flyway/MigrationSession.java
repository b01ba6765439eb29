package io.gonkapulse.migrations.flyway;

import static io.gonkapulse.migrations.output.MigrationException.failed;

import io.gonkapulse.migrations.database.DatabaseConnectionPoller;
import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.output.MigrationListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Two sessions and the right to change the schema. The watching session holds the lock that all runs share and keeps the
 * journal; the working session takes the steps. The working one holds a lock too: a killed run may have left its session
 * at work, and that one is waited for.
 */
public final class MigrationSession implements AutoCloseable {

    private final Connection lockConnection;
    private final Connection workConnection;

    private MigrationSession(Connection watching, Connection working) {
        this.lockConnection = watching;
        this.workConnection = working;
    }

    public static MigrationSession open(MigrationDatabase database, RunOptions options, MigrationListener listener) {
        Duration lockWait = options.lockWait();
        Connection lockConnection = new DatabaseConnectionPoller(options.databaseWait(), listener).connect(database);
        try {
            new SchemaLock(SchemaLock.RUN_KEY, database.schema()).acquire(lockConnection, lockWait, listener);
            Connection workConnection = database.open();
            try {
                new SchemaLock(SchemaLock.MIGRATION_KEY, database.schema()).acquire(workConnection, lockWait, listener);
                return new MigrationSession(lockConnection, workConnection);
            } catch (SQLException | RuntimeException e) {
                workConnection.close();
                throw e;
            }
        } catch (SQLException e) {
            close(lockConnection);
            throw failed("Could not begin at " + database.location() + ": " + e.getMessage(), e);
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

    /** Without the watching session the lock is gone, and another run may be at work. */
    public void requireLock() throws SQLException {
        if (!lockConnection.isValid(5)) {
            throw failed("The session that holds the lock is gone, so the next step was not begun: "
                    + "look at the database's log, then run again");
        }
    }

    @Override
    public void close() {
        close(workConnection);
        close(lockConnection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(MigrationSession.class.getName())
                    .log(System.Logger.Level.DEBUG, "The session was gone already", e);
        }
    }
}

package io.gonkapulse.migrations.undo;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.gonkapulse.migrations.database.ScriptRunner;
import io.gonkapulse.migrations.database.SqlFailureFormatter;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationJournal;
import io.gonkapulse.migrations.flyway.MigrationSession;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.scripts.DurationFormatter;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.scripts.MigrationScript;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs one undo script and writes its history row, in one transaction where the script allows it. */
record UndoScriptRunner(
        MigrationSession session, MigrationModule module, TimeLimits limits, MigrationListener listener) {

    /**
     * Undoes one migration.
     *
     * @throws MigrationException if the script fails; the journal then has its error
     */
    void run(MigrationStatus migration) throws SQLException {
        session.requireLock();
        MigrationScript script = module.undoScript(migration.script());
        MigrationJournal journal = new MigrationJournal(session.lockConnection());
        journal.beginUndo(migration.version(), script.header().transactional());
        limits.apply(session.workConnection(), script.header());
        long start = System.nanoTime();
        try {
            execute(migration, script, start);
        } catch (SQLException e) {
            String why = SqlFailureFormatter.format(e);
            journal.markFailed(why);
            throw failed(
                    script.name() + " failed: " + why
                            + (script.header().transactional()
                                    ? ". Nothing was changed"
                                    : ". It may be half done: run status, then repair"),
                    e);
        }
        journal.markFinished();
        listener.report("V" + migration.version() + " undone: " + DurationFormatter.formatSince(start) + ". Data: "
                + script.header().data());
    }

    private void execute(MigrationStatus migration, MigrationScript script, long start) throws SQLException {
        Connection connection = session.workConnection();
        connection.setAutoCommit(!script.header().transactional());
        try {
            new ScriptRunner(connection, listener).execute(script.statements());
            new HistoryTable(connection).addUndone(migration, NANOSECONDS.toMillis(System.nanoTime() - start));
            // Script and history row in one transaction: neither can exist without the other.
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}

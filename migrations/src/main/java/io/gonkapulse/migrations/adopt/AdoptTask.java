package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.SqlFailureFormatter;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationSafetyCheck;
import io.gonkapulse.migrations.flyway.MigrationSession;
import io.gonkapulse.migrations.flyway.RunOptions;
import io.gonkapulse.migrations.scripts.DurationFormatter;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.ZoneId;

/** Adopts an existing MineGNK database in one transaction. A dry run does the same work and rolls it back. */
public record AdoptTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    /**
     * Adopts the database, or reports what an adoption would do.
     *
     * @param zone time zone of timestamps that have none
     * @param confirmed false for a dry run
     * @param undoRequired whether to refuse an adoption that {@code adopt --undo} could not undo
     */
    public void run(ZoneId zone, boolean confirmed, boolean undoRequired) {
        try (MigrationSession session = MigrationSession.open(database, options, listener)) {
            if (new HistoryTable(session.lockConnection()).exists()) {
                listener.report("The database already has a migration history: nothing to adopt; run migrate");
                return;
            }
            new MigrationSafetyCheck(session.lockConnection(), module).requireCreatePrivilege();
            adopt(session, zone, confirmed, undoRequired);
        } catch (SQLException e) {
            throw failed(
                    "Could not adopt " + database.location() + ": "
                            + SqlFailureFormatter.format(e)
                            + " (nothing was changed)",
                    e);
        }
    }

    private void adopt(MigrationSession session, ZoneId zone, boolean confirmed, boolean undoRequired)
            throws SQLException {
        long start = System.nanoTime();
        Connection connection = session.workConnection();
        AdoptableSchema schema = AdoptableSchema.recognise(connection, module.schema());
        listener.report("Recognised: " + schema.description() + " (version " + schema.baselineVersion() + ")");
        if (!confirmed) {
            listener.report(
                    "Dry run: does all the work in one transaction and rolls it back; the tables stay locked until then");
        }
        MigrationHistory history = MigrationHistory.read(connection, module);
        connection.setAutoCommit(false);
        try {
            new AdoptionRunner(connection, module, options.limits(), listener).adopt(schema, zone, history);
            // Tested before the commit: afterwards it would be too late to refuse.
            if (undoRequired) {
                verifyUndo(connection, schema, history);
            }
            if (confirmed) {
                connection.commit();
                listener.report("Adopted: schema " + module.schema() + " is at version " + history.newestKnown() + " ("
                        + DurationFormatter.formatSince(start) + ")");
                listener.report("To undo: adopt --undo restores tables and rows as they were; later rows are kept in"
                        + " schema gonkapulse_undone");
            } else {
                listener.report("Dry run: nothing was changed. Make a backup, stop the portal, then add --yes");
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void verifyUndo(Connection connection, AdoptableSchema schema, MigrationHistory history)
            throws SQLException {
        long start = System.nanoTime();
        Savepoint adopted = connection.setSavepoint();
        try {
            // Nobody can have changed the database since, so foreign objects are compared too.
            new AdoptionRunner(connection, module, options.limits(), line -> {})
                    .undo(
                            history.migrations().stream()
                                    .filter(migration -> migration.version() > schema.baselineVersion())
                                    .toList(),
                            true);
        } catch (SQLException e) {
            throw refused(
                    "adopt --undo could not undo this adoption ("
                            + SqlFailureFormatter.format(e)
                            + "), so only a backup can restore the database. With a backup, add --without-undo. Nothing was changed");
        }
        // Back to the adopted state, whether it is committed or not.
        connection.rollback(adopted);
        listener.report("The undo was tested: it restores tables and rows as they were ("
                + DurationFormatter.formatSince(start) + ")");
    }
}

package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.output.MigrationException.failed;
import static io.gonkapulse.migrations.output.MigrationException.refused;

import io.gonkapulse.migrations.database.MigrationDatabase;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationSafetyCheck;
import io.gonkapulse.migrations.flyway.MigrationSession;
import io.gonkapulse.migrations.flyway.RunOptions;
import io.gonkapulse.migrations.output.ElapsedTime;
import io.gonkapulse.migrations.output.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.ZoneId;

/** Adopts a live MineGNK database in one transaction. A dry run does the same work and rolls it back. */
public record AdoptTask(
        MigrationDatabase database, MigrationModule module, RunOptions options, MigrationListener listener) {

    /**
     * Adopts the database, or says what that would be.
     *
     * @param zone what timestamps without a zone are in
     * @param confirmed false for a dry run
     * @param undoRequired whether to refuse an adoption that {@code adopt --undo} could not take back
     */
    public void run(ZoneId zone, boolean confirmed, boolean undoRequired) {
        try (MigrationSession run = MigrationSession.open(database, options, listener)) {
            if (new HistoryTable(run.lockConnection()).exists()) {
                listener.report("The database has a history already: nothing to adopt; run migrate");
                return;
            }
            new MigrationSafetyCheck(run.lockConnection(), module).requireCreatePrivilege();
            adopt(run, zone, confirmed, undoRequired);
        } catch (SQLException e) {
            throw failed(
                    "Could not adopt " + database.location() + ": "
                            + SqlFailure.find(e).map(SqlFailure::message).orElse("")
                            + " (nothing was changed)",
                    e);
        }
    }

    private void adopt(MigrationSession run, ZoneId zone, boolean confirmed, boolean undoRequired) throws SQLException {
        long start = System.nanoTime();
        Connection connection = run.workConnection();
        AdoptableSchema schema = AdoptableSchema.of(ExistingSchema.read(connection, module.schema()));
        listener.report("Recognised: " + schema.description() + ", which stand for step " + schema.baselineVersion());
        if (!confirmed) {
            listener.report(
                    "Dry run: does the work in one transaction and rolls it back; the tables are locked meanwhile");
        }
        MigrationHistory history = MigrationHistory.read(connection, module);
        connection.setAutoCommit(false);
        try {
            new AdoptionRunner(connection, module, options.limits(), listener, schema, zone).run(history);
            if (undoRequired) {
                verifyUndo(connection, schema, history);
            }
            if (confirmed) {
                connection.commit();
                listener.report("Adopted: schema " + module.schema() + " stands at step " + history.newestKnown() + " ("
                        + ElapsedTime.format(ElapsedTime.since(start)) + ")");
                listener.report(
                        "Way back: adopt --undo brings tables and rows back as they were; rows of later are kept in"
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
            AdoptionUndoRunner.createSilent(connection, module, options.limits())
                    .run(history.migrations().stream()
                            .filter(step -> step.version() > schema.baselineVersion())
                            .toList());
        } catch (SQLException e) {
            throw refused("adopt --undo could not take this adoption back ("
                    + SqlFailure.find(e).map(SqlFailure::message).orElse("")
                    + "), so only a backup is a way back. With a backup, add --without-undo. Nothing was changed");
        }
        connection.rollback(adopted);
        listener.report("The way back was tried, and leaves tables and rows as they were ("
                + ElapsedTime.format(ElapsedTime.since(start)) + ")");
    }
}

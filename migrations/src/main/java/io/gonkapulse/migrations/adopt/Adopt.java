package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static io.gonkapulse.migrations.outcome.MigrationException.refused;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.history.ExclusiveRun;
import io.gonkapulse.migrations.history.History;
import io.gonkapulse.migrations.history.HistoryTable;
import io.gonkapulse.migrations.history.RunOptions;
import io.gonkapulse.migrations.history.SafetyChecks;
import io.gonkapulse.migrations.outcome.Elapsed;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.ZoneId;

/** Adopts a live MineGNK database in one transaction. A dry run does the same work and rolls it back. */
public record Adopt(Database database, StepFolder folder, RunOptions options, Narrator narrator) {

    /**
     * Adopts the database, or says what that would be.
     *
     * @param zone what timestamps without a zone are in
     * @param confirmed false for a dry run
     * @param undoRequired whether to refuse an adoption that {@code adopt --undo} could not take back
     */
    public void run(ZoneId zone, boolean confirmed, boolean undoRequired) {
        try (ExclusiveRun run = ExclusiveRun.enter(database, options, narrator)) {
            if (new HistoryTable(run.watching()).exists()) {
                narrator.say("The database has a history already: nothing to adopt; run migrate");
                return;
            }
            new SafetyChecks(run.watching(), folder).requireRightToCreate();
            adopt(run, zone, confirmed, undoRequired);
        } catch (SQLException e) {
            throw failed(
                    "Could not adopt " + database.place() + ": "
                            + SqlFailure.in(e).map(SqlFailure::message).orElse("")
                            + " (nothing was changed)",
                    e);
        }
    }

    private void adopt(ExclusiveRun run, ZoneId zone, boolean confirmed, boolean undoRequired) throws SQLException {
        long start = System.nanoTime();
        Connection connection = run.working();
        Shape shape = Shape.of(LiveSchema.read(connection, folder.schema()));
        narrator.say("Recognised: " + shape.words() + ", which stand for step " + shape.standsFor());
        if (!confirmed) {
            narrator.say(
                    "Dry run: does the work in one transaction and rolls it back; the tables are locked meanwhile");
        }
        History history = History.read(connection, folder);
        connection.setAutoCommit(false);
        try {
            new Adoption(connection, folder, options.limits(), narrator, shape, zone).carryOut(history);
            if (undoRequired) {
                tryWayBack(connection, shape, history);
            }
            if (confirmed) {
                connection.commit();
                narrator.say("Adopted: schema " + folder.schema() + " stands at step " + history.newestKnown() + " ("
                        + Elapsed.text(Elapsed.since(start)) + ")");
                narrator.say(
                        "Way back: adopt --undo brings tables and rows back as they were; rows of later are kept in"
                                + " schema gonkapulse_undone");
            } else {
                narrator.say("Dry run: nothing was changed. Make a backup, stop the portal, then add --yes");
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void tryWayBack(Connection connection, Shape shape, History history) throws SQLException {
        long start = System.nanoTime();
        Savepoint adopted = connection.setSavepoint();
        try {
            WayBack.quietly(connection, folder, options.limits())
                    .carryOut(history.steps().stream()
                            .filter(step -> step.version() > shape.standsFor())
                            .toList());
        } catch (SQLException e) {
            throw refused("adopt --undo could not take this adoption back ("
                    + SqlFailure.in(e).map(SqlFailure::message).orElse("")
                    + "), so only a backup is a way back. With a backup, add --without-undo. Nothing was changed");
        }
        connection.rollback(adopted);
        narrator.say("The way back was tried, and leaves tables and rows as they were ("
                + Elapsed.text(Elapsed.since(start)) + ")");
    }
}

package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;

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
import java.time.ZoneId;

/** Takes over a live MineGNK database: recognises it, says what it will do, and does it in one transaction. */
public record Adopt(Database database, StepFolder folder, RunOptions options, Narrator narrator) {

    /**
     * Adopts, or says what that would be.
     *
     * @param zone what timestamps without a zone are in
     * @param confirmed false for a dry run
     */
    public void run(ZoneId zone, boolean confirmed) {
        try (ExclusiveRun run = ExclusiveRun.enter(database, options, narrator)) {
            if (new HistoryTable(run.watching()).exists()) {
                narrator.say("The database has a history already: nothing to adopt; run migrate");
                return;
            }
            new SafetyChecks(run.watching(), folder).requireRightToCreate();
            adopt(run, zone, confirmed);
        } catch (SQLException e) {
            throw failed(
                    "Could not adopt " + database.place() + ": "
                            + SqlFailure.in(e).map(SqlFailure::message).orElse("")
                            + " (nothing was changed)",
                    e);
        }
    }

    private void adopt(ExclusiveRun run, ZoneId zone, boolean confirmed) throws SQLException {
        long start = System.nanoTime();
        Connection connection = run.working();
        Shape shape = Shape.of(LiveSchema.read(connection, folder.schema()));
        narrator.say("Recognised: " + shape.words() + ", which stand for step " + shape.standsFor());
        History history = History.read(connection, folder);
        connection.setAutoCommit(false);
        Adoption adoption = new Adoption(connection, folder, options.limits(), narrator, shape, zone);
        try {
            if (confirmed) {
                adoption.carryOut(history);
                connection.commit();
                narrator.say("Adopted: schema " + folder.schema() + " stands at step " + history.newestKnown() + " ("
                        + Elapsed.text(Elapsed.since(start)) + ")");
            } else {
                adoption.plan(history);
                narrator.say("Dry run: nothing was changed. Make a backup, stop the portal, then add --yes");
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}

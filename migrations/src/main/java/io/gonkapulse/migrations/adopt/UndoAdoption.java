package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static io.gonkapulse.migrations.outcome.MigrationException.refused;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.history.ExclusiveRun;
import io.gonkapulse.migrations.history.History;
import io.gonkapulse.migrations.history.HistoryTable;
import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.RunOptions;
import io.gonkapulse.migrations.history.SafetyChecks;
import io.gonkapulse.migrations.history.StepJournal;
import io.gonkapulse.migrations.outcome.Elapsed;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Gives an adopted database back to the portal, in one transaction. A dry run does the same work and rolls it back. */
public record UndoAdoption(Database database, StepFolder folder, RunOptions options, Narrator narrator) {

    private static final String IS_KEPT = """
            select to_regclass('gonkapulse_adoption.definitions') is not null
            """;

    /**
     * Takes the adoption back, or says what that would be.
     *
     * @param confirmed false for a dry run
     */
    public void run(boolean confirmed) {
        try (ExclusiveRun run = ExclusiveRun.enter(database, options, narrator)) {
            requireKept(run);
            undo(run, confirmed);
        } catch (SQLException e) {
            throw failed(
                    "Could not take the adoption of " + database.place() + " back: "
                            + SqlFailure.in(e).map(SqlFailure::message).orElse("")
                            + " (nothing was changed)",
                    e);
        }
    }

    private static void requireKept(ExclusiveRun run) throws SQLException {
        try (Statement statement = run.watching().createStatement()) {
            ResultSet rows = statement.executeQuery(IS_KEPT);
            boolean kept = rows.next() && rows.getBoolean(1);
            if (!kept || !new HistoryTable(run.watching()).exists()) {
                throw refused(
                        "There is no adoption here that could be taken back: expected schema gonkapulse_adoption, "
                                + "which adopt makes. Without it only a backup is a way back");
            }
        }
    }

    private void undo(ExclusiveRun run, boolean confirmed) throws SQLException {
        long start = System.nanoTime();
        Connection connection = run.working();
        int found = new StepJournal(run.watching()).newestFound();
        History history = History.read(connection, folder);
        new SafetyChecks(run.watching(), folder).requireNothingHalfDone(history);
        List<KnownStep> steps = history.steps().stream()
                .filter(step -> step.isApplied() && step.version() > found)
                .toList();
        steps.stream().filter(step -> step.checksum() == null).findFirst().ifPresent(step -> {
            throw refused(step.label() + " was made by a newer program: undo with that one");
        });
        if (!confirmed) {
            narrator.say(
                    "Dry run: does the work in one transaction and rolls it back; the tables are locked meanwhile");
        }
        connection.setAutoCommit(false);
        try {
            WayBack.of(connection, folder, options.limits(), narrator).carryOut(steps);
            if (confirmed) {
                connection.commit();
                narrator.say("Taken back: tables and rows are as they were before the adoption ("
                        + Elapsed.text(Elapsed.since(start)) + ")");
            } else {
                narrator.say("Dry run: nothing was changed. Make a backup, stop the services, then add --yes");
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}

package io.gonkapulse.migrations.forward;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static io.gonkapulse.migrations.outcome.MigrationException.refused;

import io.gonkapulse.migrations.database.Database;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.history.ExclusiveRun;
import io.gonkapulse.migrations.history.Flyways;
import io.gonkapulse.migrations.history.History;
import io.gonkapulse.migrations.history.HistoryTable;
import io.gonkapulse.migrations.history.RunOptions;
import io.gonkapulse.migrations.history.SafetyChecks;
import io.gonkapulse.migrations.history.StepJournal;
import io.gonkapulse.migrations.outcome.Elapsed;
import io.gonkapulse.migrations.outcome.MigrationException;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.flywaydb.core.api.FlywayException;

/** Takes the pending steps, in order, up to a target. */
public record Migrate(Database database, StepFolder folder, RunOptions options, Narrator narrator) {

    public MigrateReport run(OptionalInt target) {
        long start = System.nanoTime();
        try (ExclusiveRun run = ExclusiveRun.enter(database, options, narrator)) {
            MigrateReport report = migrate(run, target);
            narrator.say(report.text() + " (" + Elapsed.text(Elapsed.since(start)) + ")");
            return report;
        } catch (SQLException e) {
            throw failed("Could not migrate " + database.place() + ": " + describe(e), e);
        }
    }

    private MigrateReport migrate(ExclusiveRun run, OptionalInt target) throws SQLException {
        History before = prepare(run);
        requireKnown(before, target);
        StepCallback callback = new StepCallback(run, folder, options.limits(), narrator);
        try {
            Flyways.on(
                            run.working(),
                            folder,
                            target.isPresent() ? String.valueOf(target.getAsInt()) : "latest",
                            callback)
                    .migrate();
        } catch (FlywayException e) {
            throw explain(run, callback, e);
        }
        new StepJournal(run.watching()).settle();
        return new MigrateReport(
                folder.schema(),
                before.version(),
                History.read(run.working(), folder).version(),
                callback.applied());
    }

    private History prepare(ExclusiveRun run) throws SQLException {
        Connection watching = run.watching();
        SafetyChecks checks = new SafetyChecks(watching, folder);
        checks.requireOwnDatabase();
        if (!new HistoryTable(watching).exists()) {
            checks.requireRightToCreate();
        }
        new HistoryTable(watching).createUnlessThere();
        new StepJournal(watching).createUnlessThere();
        new StepJournal(watching).settle();
        History history = History.read(run.working(), folder);
        checks.requireNothingHalfDone(history);
        SafetyChecks.requireUnchangedFiles(history);
        if (!history.pending().isEmpty()) {
            checks.requireRightToCreate();
        }
        if (history.version() > history.newestKnown()) {
            narrator.warn("The database stands at step " + history.version() + ", and this program knows steps up to "
                    + history.newestKnown());
        }
        return history;
    }

    private static void requireKnown(History history, OptionalInt target) {
        if (target.isPresent() && target.getAsInt() > history.newestKnown()) {
            throw MigrationException.misconfigured(
                    "--to: expected a step up to " + history.newestKnown() + ", got " + target.getAsInt());
        }
        if (target.isPresent() && target.getAsInt() < history.version()) {
            throw refused("--to: the database stands at step " + history.version()
                    + " already; migrate only goes forward, the way back is undo --to " + target.getAsInt());
        }
    }

    private MigrationException explain(ExclusiveRun run, StepCallback callback, FlywayException failure)
            throws SQLException {
        String why = describe(failure);
        String step = callback.current();
        if (step.isEmpty()) {
            return failed("Could not migrate " + database.place() + ": " + why, failure);
        }
        new StepJournal(run.watching()).fail(why);
        String remains = callback.currentIsTransactional()
                ? ". Nothing of it remains; the steps before it stay"
                : ". It may be half done: see status, then run repair";
        return failed(step + " failed: " + why + remains, failure);
    }

    private static String describe(Exception failure) {
        return SqlFailure.in(failure)
                .map(SqlFailure::message)
                .orElseGet(() -> String.valueOf(failure.getMessage()).replaceAll("\\s+", " "));
    }
}

package io.gonkapulse.migrations.back;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;

import io.gonkapulse.migrations.database.ScriptRun;
import io.gonkapulse.migrations.database.SqlFailure;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.history.Direction;
import io.gonkapulse.migrations.history.ExclusiveRun;
import io.gonkapulse.migrations.history.HistoryTable;
import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.StepJournal;
import io.gonkapulse.migrations.outcome.Elapsed;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.Script;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.SQLException;

/** One step back: its script and its row in the history, in one transaction where the script allows it. */
record StepBack(ExclusiveRun run, StepFolder folder, TimeLimits limits, Narrator narrator) {

    void take(KnownStep step) throws SQLException {
        run.requireLock();
        Script script = folder.back(step.script());
        StepJournal journal = new StepJournal(run.watching());
        journal.begin(step.version(), Direction.DOWN, script.header().transactional());
        limits.apply(run.working(), script.header());
        long start = System.nanoTime();
        try {
            execute(step, script, start);
        } catch (SQLException e) {
            String why = SqlFailure.in(e).map(SqlFailure::message).orElse("");
            journal.fail(why);
            throw failed(
                    script.name() + " failed: " + why
                            + (script.header().transactional()
                                    ? ". Nothing was changed by it"
                                    : ". It may be half done: see status, then run repair"),
                    e);
        }
        journal.settle();
        narrator.say("V" + step.version() + " taken back: " + Elapsed.text(Elapsed.since(start)) + ". Data: "
                + script.header().data());
    }

    private void execute(KnownStep step, Script script, long start) throws SQLException {
        Connection connection = run.working();
        connection.setAutoCommit(!script.header().transactional());
        try {
            new ScriptRun(connection, narrator).execute(script.statements());
            new HistoryTable(connection).addUndone(step, Elapsed.since(start).toMillis());
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

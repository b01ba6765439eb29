package io.gonkapulse.migrations.adopt;

import io.gonkapulse.migrations.database.ScriptRun;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.history.History;
import io.gonkapulse.migrations.history.HistoryTable;
import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.StepJournal;
import io.gonkapulse.migrations.outcome.Elapsed;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.Script;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneId;

/** One adoption, inside the transaction that its caller commits or rolls back. */
record Adoption(
        Connection connection, StepFolder folder, TimeLimits limits, Narrator narrator, Shape shape, ZoneId zone) {

    private static final String SET = """
            select set_config('adopt.mode', ?, true),
                   set_config('adopt.zone', ?, true)
            """;

    void plan(History history) throws SQLException {
        begin("plan");
        narrator.say("It will, in one transaction:");
        narrate();
        for (KnownStep step : history.steps()) {
            if (step.version() > shape.standsFor()) {
                narrator.say("    take step " + step.label());
            }
        }
        narrator.say("    hold every row against what it was before, and take everything back if one differs");
    }

    void carryOut(History history) throws SQLException {
        begin("do");
        run(script("remember.sql"));
        narrate();
        new HistoryTable(connection).createUnlessThere();
        StepJournal journal = new StepJournal(connection);
        journal.createUnlessThere();
        for (KnownStep step : history.steps()) {
            take(step, journal);
        }
        run(script("compare.sql"));
    }

    private void begin(String mode) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET)) {
            statement.setString(1, mode);
            statement.setString(2, zone.getId().equals("Z") ? "UTC" : zone.getId());
            statement.execute();
        }
        run(script("functions.sql"));
    }

    private void narrate() throws SQLException {
        for (String name : shape.scripts()) {
            run(script(name));
        }
    }

    private void take(KnownStep step, StepJournal journal) throws SQLException {
        HistoryTable table = new HistoryTable(connection);
        if (step.version() <= shape.standsFor()) {
            table.addApplied(step, 0);
            journal.addFound(step.version());
            return;
        }
        Script script = folder.forward(step.script()).withoutConcurrently();
        long start = System.nanoTime();
        run(script);
        table.addApplied(step, Elapsed.since(start).toMillis());
        narrator.say(step.label() + ": " + Elapsed.text(Elapsed.since(start)));
    }

    private Script script(String name) {
        return folder.read("db/" + folder.module() + "/adopt/" + name);
    }

    private void run(Script script) throws SQLException {
        limits.apply(connection, script.header());
        new ScriptRun(connection, narrator).execute(script.statements());
    }
}

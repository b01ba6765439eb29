package io.gonkapulse.migrations.adopt;

import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.history.History;
import io.gonkapulse.migrations.history.HistoryTable;
import io.gonkapulse.migrations.history.KnownStep;
import io.gonkapulse.migrations.history.StepJournal;
import io.gonkapulse.migrations.outcome.Elapsed;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneId;

/** One adoption, inside the transaction that its caller commits or rolls back. */
record Adoption(
        Connection connection, StepFolder folder, TimeLimits limits, Narrator narrator, Shape shape, ZoneId zone) {

    private static final String SET_ZONE = """
            select set_config('adopt.zone', ?, true)
            """;

    void carryOut(History history) throws SQLException {
        AdoptionScripts scripts = new AdoptionScripts(connection, folder, limits, narrator);
        setZone();
        scripts.run("definitions.sql", "functions.sql", "keep.sql", "remember.sql", "set_aside.sql");
        for (String name : shape.scripts()) {
            scripts.run(name);
        }
        scripts.run("addresses.sql");
        new HistoryTable(connection).createUnlessThere();
        StepJournal journal = new StepJournal(connection);
        journal.createUnlessThere();
        for (KnownStep step : history.steps()) {
            take(step, scripts, journal);
        }
        scripts.run("shared_assignments.sql", "put_back.sql", "compare.sql");
    }

    private void setZone() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET_ZONE)) {
            statement.setString(1, zone.getId().equals("Z") ? "UTC" : zone.getId());
            statement.execute();
        }
    }

    private void take(KnownStep step, AdoptionScripts scripts, StepJournal journal) throws SQLException {
        HistoryTable table = new HistoryTable(connection);
        if (step.version() <= shape.standsFor()) {
            table.addApplied(step, 0);
            journal.addFound(step.version());
            return;
        }
        long start = System.nanoTime();
        scripts.run(folder.forward(step.script()));
        table.addApplied(step, Elapsed.since(start).toMillis());
        narrator.say("    take step " + step.label() + " (" + Elapsed.text(Elapsed.since(start)) + ")");
    }
}

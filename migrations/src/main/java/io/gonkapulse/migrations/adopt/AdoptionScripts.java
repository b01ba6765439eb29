package io.gonkapulse.migrations.adopt;

import io.gonkapulse.migrations.database.ScriptRun;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.steps.Script;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs scripts of the adoption and of steps, all in the transaction of the connection. */
record AdoptionScripts(Connection connection, StepFolder folder, TimeLimits limits, Narrator narrator) {

    private static final String DROP_STEP_TABLES = "select pg_temp.drop_step_tables()";

    void run(String... names) throws SQLException {
        for (String name : names) {
            execute(folder.read("db/" + folder.module() + "/adopt/" + name));
        }
    }

    /** Indexes are built in the transaction, whatever the step says. */
    void run(Script step) throws SQLException {
        execute(step.withoutConcurrently());
        new ScriptRun(connection, narrator).execute(DROP_STEP_TABLES);
    }

    private void execute(Script script) throws SQLException {
        limits.apply(connection, script.header());
        new ScriptRun(connection, narrator).execute(script.statements());
    }
}

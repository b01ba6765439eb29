package io.gonkapulse.migrations.adopt;

import io.gonkapulse.migrations.database.ScriptRunner;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.output.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.scripts.MigrationScript;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs scripts of the adoption and of steps, all in the transaction of the connection. */
record AdoptionScriptRunner(
        Connection connection, MigrationModule module, TimeLimits limits, MigrationListener listener) {

    private static final String DROP_STEP_TABLES = "select pg_temp.drop_step_tables()";

    void run(String... names) throws SQLException {
        for (String name : names) {
            execute(module.read("db/" + module.name() + "/adopt/" + name));
        }
    }

    /** Indexes are built in the transaction, whatever the step says. */
    void run(MigrationScript step) throws SQLException {
        execute(step.withoutConcurrently());
        new ScriptRunner(connection, listener).execute(DROP_STEP_TABLES);
    }

    private void execute(MigrationScript script) throws SQLException {
        limits.apply(connection, script.header());
        new ScriptRunner(connection, listener).execute(script.statements());
    }
}

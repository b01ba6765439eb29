package io.gonkapulse.migrations.adopt;

import io.gonkapulse.migrations.database.ScriptRunner;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.output.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.scripts.MigrationScript;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs adoption and migration scripts in the transaction of the connection. */
record AdoptionScriptRunner(
        Connection connection, MigrationModule module, TimeLimits limits, MigrationListener listener) {

    private static final String DROP_STEP_TABLES = "select pg_temp.drop_step_tables()";

    void run(String... names) throws SQLException {
        for (String name : names) {
            execute(module.read("db/" + module.name() + "/adopt/" + name));
        }
    }

    /** Builds indexes inside the transaction, even where the migration builds them concurrently. */
    void run(MigrationScript script) throws SQLException {
        execute(script.withoutConcurrently());
        new ScriptRunner(connection, listener).execute(DROP_STEP_TABLES);
    }

    private void execute(MigrationScript script) throws SQLException {
        limits.apply(connection, script.header());
        new ScriptRunner(connection, listener).execute(script.statements());
    }
}

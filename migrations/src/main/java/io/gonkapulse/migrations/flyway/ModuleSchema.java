package io.gonkapulse.migrations.flyway;

import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Creates and drops the schema of a module that has its own; the schema public stays. */
public record ModuleSchema(Connection connection, MigrationModule module) {

    /** PostgreSQL refuses "create schema if not exists" without the right to create, even if the schema exists. */
    private static final String IS_MISSING = """
            select to_regnamespace(?) is null
            """;

    /** The history and the journal of the module are all that is left of it. */
    private static final String MAY_DROP = """
            select not exists (
                       select
                         from pg_class
                        where relnamespace = namespace.oid
                          and relname !~ '^(flyway_schema_history|migration_steps)')
               and not exists (
                       select
                         from pg_proc
                        where pronamespace = namespace.oid)
               and pg_has_role(nspowner, 'usage')
              from pg_namespace namespace
             where nspname = ?
            """;

    public void createIfMissing() throws SQLException {
        if (module.createsSchema() && isTrue(IS_MISSING)) {
            execute("create schema " + module.schema());
        }
    }

    /**
     * Drops the schema with the history and the journal of its module.
     *
     * @return false if it is missing, contains anything else or has another owner
     */
    public boolean dropIfEmpty() throws SQLException {
        if (!module.createsSchema() || !isTrue(MAY_DROP)) {
            return false;
        }
        execute("drop schema " + module.schema() + " cascade");
        return true;
    }

    private boolean isTrue(String question) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, module.schema());
            ResultSet rows = statement.executeQuery();
            return rows.next() && rows.getBoolean(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

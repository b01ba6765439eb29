package io.gonkapulse.testkit.junit;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Creates the schema in databases of tests. On a shared server it migrates once and copies the result afterwards. */
public final class SchemaSetup {

    private static final String TEMPLATE = "test_template";

    /** URLs of the databases that have the schema. */
    private static final Set<String> CREATED = new HashSet<>();

    private SchemaSetup() {}

    /**
     * Creates the schema unless the database has it. The database must have no other contents and no open sessions.
     *
     * @param migration runs all migrations; always the same one
     */
    public static synchronized void create(TestDatabase database, Consumer<TestDatabase> migration) {
        if (database instanceof DedicatedDatabase) {
            // The only database of its server: no other class would use a template.
            migration.accept(database);
        } else if (!CREATED.contains(database.jdbcUrl())) {
            copyTemplate(database, migration);
            CREATED.add(database.jdbcUrl());
        }
    }

    private static void copyTemplate(TestDatabase database, Consumer<TestDatabase> migration) {
        DatabaseAdministrator server =
                new DatabaseAdministrator(database.sibling("postgres").unpooledDataSource());
        TestDatabase template = database.sibling(TEMPLATE);
        if (!CREATED.contains(template.jdbcUrl())) {
            // Left by a migration that failed.
            server.drop(TEMPLATE);
            server.create(TEMPLATE);
            migration.accept(template);
            template.closeIdleSessions();
            CREATED.add(template.jdbcUrl());
        }
        server.drop(database.name());
        server.copy(TEMPLATE, database.name());
    }
}

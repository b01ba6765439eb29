package io.gonkapulse.migrations.server;

import io.gonkapulse.migrations.scripts.MigrationModule;
import java.util.List;

/** Schema and rows of a database, to compare it with its state before or after. */
public record DatabaseState(List<String> schema, List<String> rows) {

    public static DatabaseState of(PostgresDatabase database) {
        return of(database, MigrationModule.TRACKER);
    }

    public static DatabaseState of(PostgresDatabase database, MigrationModule module) {
        return new DatabaseState(SchemaDump.of(database, module), DataDump.of(database, module));
    }
}

package io.gonkapulse.migrations.server;

import java.util.List;

/** Schema and rows of a database, to compare it with its state before or after. */
public record DatabaseState(List<String> schema, List<String> rows) {

    public static DatabaseState of(PostgresDatabase database) {
        return new DatabaseState(SchemaDump.of(database), DataDump.of(database));
    }
}

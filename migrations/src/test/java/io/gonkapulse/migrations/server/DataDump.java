package io.gonkapulse.migrations.server;

import io.gonkapulse.migrations.scripts.MigrationModule;
import java.util.List;

/** All rows of all tables as text; without the program's own tables. */
public final class DataDump {

    /** A query of all tables at once, because each query of its own would need a connection. */
    private static final String QUERY = """
            select string_agg(format('select %L, row::text from %I.%I row', relname, '{schema}', relname), ' union all ') || ' order by 1, 2'
              from pg_class
             where relnamespace = to_regnamespace('{schema}')
               and relkind = 'r'
               and relname not in ('flyway_schema_history', 'migration_steps')
            """;

    private DataDump() {}

    public static List<String> of(PostgresDatabase database) {
        return of(database, MigrationModule.TRACKER);
    }

    public static List<String> of(PostgresDatabase database, MigrationModule module) {
        String query = database.value(QUERY.replace("{schema}", module.schema()));
        return query.equals("null") ? List.of() : database.rows(query);
    }
}

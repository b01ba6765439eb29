package io.gonkapulse.migrations.server;

import java.util.ArrayList;
import java.util.List;

/** All rows of all tables as text; without the program's own tables. */
public final class DataDump {

    private static final String TABLES = """
            select quote_ident(relname)
              from pg_class
             where relnamespace = 'public'::regnamespace
               and relkind = 'r'
               and relname not in ('flyway_schema_history', 'migration_steps')
             order by relname
            """;

    private DataDump() {}

    public static List<String> of(TestDatabase database) {
        List<String> all = new ArrayList<>();
        for (String table : database.rows(TABLES)) {
            all.addAll(database.rows("select '" + table + "', row::text from " + table + " row order by 2"));
        }
        return all;
    }
}

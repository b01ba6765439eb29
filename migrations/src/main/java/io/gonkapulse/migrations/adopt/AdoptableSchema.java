package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.scripts.MigrationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The forms of a MineGNK database that can be adopted. */
enum AdoptableSchema {
    FIRST_TABLES("the first three tables only", 1),
    AFTER_PORTAL_MIGRATIONS("the tables after MineGNK's own first migrations", 6);

    /** Columns that every portal release has had; later ones are optional. */
    private static final Map<String, List<String>> FIRST_COLUMNS = Map.of(
            "users", List.of("id", "email", "password", "name", "role", "is_active", "created_at"),
            "user_nodes", List.of("id", "user_id", "node_address", "is_active", "created_at"),
            "node_requests", List.of("id", "user_id", "gpu_type", "status", "created_at"));

    /** All or none of these tables: a partial set is no state of the portal. */
    private static final Map<String, List<String>> LATER_COLUMNS = Map.of(
            "nodes", List.of("id", "identifier", "identifier_type"),
            "node_stats_cache", List.of("node_id"),
            "earnings_history", List.of("id", "node_id", "date", "earnings_gnk"));

    private final String description;
    private final int baselineVersion;

    AdoptableSchema(String description, int baselineVersion) {
        this.description = description;
        this.baselineVersion = baselineVersion;
    }

    /**
     * Recognises a database by its tables and columns.
     *
     * @throws MigrationException with the expected and the found tables
     */
    static AdoptableSchema recognise(Connection connection, String name) throws SQLException {
        ExistingSchema schema = ExistingSchema.read(connection, name);
        List<String> missing = new ArrayList<>(missing(schema, FIRST_COLUMNS));
        boolean later = LATER_COLUMNS.keySet().stream().anyMatch(schema::hasTable);
        if (later) {
            missing.addAll(missing(schema, LATER_COLUMNS));
        }
        FIRST_COLUMNS.keySet().stream()
                .filter(table -> schema.columns(table).contains("id"))
                .filter(table -> !schema.type(table, "id").equals("uuid"))
                .forEach(table -> missing.add(table + ".id as uuid (it is " + schema.type(table, "id") + ")"));
        if (!missing.isEmpty()) {
            throw refused(
                    "This is no MineGNK database that adopt supports. Expected users, user_nodes and node_requests, "
                            + "and either none or all of nodes, node_stats_cache and earnings_history. Missing: "
                            + String.join(", ", missing) + ". Found: " + found(schema));
        }
        return later ? AFTER_PORTAL_MIGRATIONS : FIRST_TABLES;
    }

    String description() {
        return description;
    }

    /** The version that the database has once the scripts have run. */
    int baselineVersion() {
        return baselineVersion;
    }

    /** Scripts that convert the tables to the schema of the baseline version. */
    String[] scripts() {
        return this == FIRST_TABLES
                ? new String[] {"convert_to_v1.sql"}
                : new String[] {"convert_to_v1.sql", "convert_to_v6.sql"};
    }

    private static List<String> missing(ExistingSchema schema, Map<String, List<String>> expected) {
        List<String> missing = new ArrayList<>();
        new LinkedHashMap<>(expected).forEach((table, columns) -> {
            if (!schema.hasTable(table)) {
                missing.add("table " + table);
            } else {
                columns.stream()
                        .filter(column -> !schema.hasColumn(table, column))
                        .forEach(column -> missing.add(table + "." + column));
            }
        });
        return missing.stream().sorted().toList();
    }

    private static String found(ExistingSchema schema) {
        if (schema.tables().isEmpty()) {
            return "no tables (for an empty database, run migrate)";
        }
        List<String> tables = new ArrayList<>();
        schema.tables().forEach((table, columns) -> tables.add(table + columns.keySet()));
        return String.join(", ", tables);
    }

    /** The tables of a schema with their columns and types. */
    private record ExistingSchema(Map<String, Map<String, String>> tables) {

        private static final String COLUMNS = """
                select relation.relname, property.attname, format_type(property.atttypid, property.atttypmod)
                  from pg_class relation
                  join pg_attribute property on property.attrelid = relation.oid
                 where relation.relnamespace = ?::regnamespace
                   and relation.relkind in ('r', 'p')
                   and property.attnum > 0
                   and not property.attisdropped
                """;

        /** Reads the catalog instead of information_schema, which hides tables without privileges. */
        static ExistingSchema read(Connection connection, String schema) throws SQLException {
            Map<String, Map<String, String>> tables = new TreeMap<>();
            try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
                statement.setString(1, schema);
                ResultSet rows = statement.executeQuery();
                while (rows.next()) {
                    tables.computeIfAbsent(rows.getString(1), name -> new TreeMap<>())
                            .put(rows.getString(2), rows.getString(3));
                }
            }
            return new ExistingSchema(tables);
        }

        boolean hasTable(String table) {
            return tables.containsKey(table);
        }

        Set<String> columns(String table) {
            return new TreeSet<>(tables.getOrDefault(table, Map.of()).keySet());
        }

        /** Ignores case and underscores: the portal has used both is_active and isActive. */
        boolean hasColumn(String table, String column) {
            return columns(table).stream().anyMatch(name -> normalize(name).equals(normalize(column)));
        }

        String type(String table, String column) {
            return tables.getOrDefault(table, Map.of()).getOrDefault(column, "none");
        }

        private static String normalize(String name) {
            return name.replace("_", "").toLowerCase(Locale.ROOT);
        }
    }
}

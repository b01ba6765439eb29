package io.gonkapulse.migrations.adopt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of a schema with their columns and types. */
record ExistingSchema(Map<String, Map<String, String>> tables) {

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

    /** What of the expected tables and columns is not there. */
    List<String> missing(Map<String, List<String>> expected) {
        List<String> missing = new ArrayList<>();
        expected.forEach((table, columns) -> {
            if (!hasTable(table)) {
                missing.add("table " + table);
            } else {
                columns.stream()
                        .filter(column -> !hasColumn(table, column))
                        .forEach(column -> missing.add(table + "." + column));
            }
        });
        return missing.stream().sorted().toList();
    }

    String type(String table, String column) {
        return tables.getOrDefault(table, Map.of()).getOrDefault(column, "none");
    }

    private static String normalize(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Tables and columns, for messages. */
    String describe() {
        if (tables.isEmpty()) {
            return "no tables (for an empty database, run migrate)";
        }
        List<String> found = new ArrayList<>();
        tables.forEach((table, columns) -> found.add(table + columns.keySet()));
        return String.join(", ", found);
    }
}

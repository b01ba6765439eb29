package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.outcome.MigrationException.refused;

import io.gonkapulse.migrations.outcome.MigrationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The two forms in which MineGNK databases are found. */
enum Shape {
    FIRST_TABLES("the first three tables only", 1),
    AFTER_ITS_OWN_MIGRATIONS("the tables after MineGNK's own first migrations", 6);

    private static final Map<String, List<String>> FIRST = Map.of(
            "users", List.of("id", "email", "password", "name", "role", "is_active", "created_at"),
            "user_nodes", List.of("id", "user_id", "node_address", "is_active", "created_at"),
            "node_requests", List.of("id", "user_id", "gpu_type", "status", "created_at"));

    private static final Map<String, List<String>> LATER = Map.of(
            "nodes", List.of("id", "identifier", "identifier_type"),
            "node_stats_cache", List.of("node_id"),
            "earnings_history", List.of("id", "node_id", "date", "earnings_gnk"));

    private final String words;
    private final int standsFor;

    Shape(String words, int standsFor) {
        this.words = words;
        this.standsFor = standsFor;
    }

    /**
     * Recognises a database.
     *
     * @throws MigrationException saying what was expected and what is there
     */
    static Shape of(LiveSchema schema) {
        List<String> missing = new ArrayList<>(missing(schema, FIRST));
        boolean later = LATER.keySet().stream().anyMatch(schema::hasTable);
        if (later) {
            missing.addAll(missing(schema, LATER));
        }
        FIRST.keySet().stream()
                .filter(table -> schema.columns(table).contains("id"))
                .filter(table -> !schema.type(table, "id").equals("uuid"))
                .forEach(table -> missing.add(table + ".id as uuid (it is " + schema.type(table, "id") + ")"));
        if (!missing.isEmpty()) {
            throw refused("This is no MineGNK database that adopt knows. Expected users, user_nodes and node_requests, "
                    + "and either none or all of nodes, node_stats_cache and earnings_history. Missing: "
                    + String.join(", ", missing) + ". Found: " + found(schema));
        }
        return later ? AFTER_ITS_OWN_MIGRATIONS : FIRST_TABLES;
    }

    String words() {
        return words;
    }

    /** The step that the database stands at once the scripts have run. */
    int standsFor() {
        return standsFor;
    }

    List<String> scripts() {
        return this == FIRST_TABLES ? List.of("first_design.sql") : List.of("first_design.sql", "sixth_step.sql");
    }

    private static List<String> missing(LiveSchema schema, Map<String, List<String>> expected) {
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

    private static String found(LiveSchema schema) {
        if (schema.tables().isEmpty()) {
            return "no tables (for an empty database, run migrate)";
        }
        List<String> tables = new ArrayList<>();
        schema.tables().forEach((table, columns) -> tables.add(table + columns.keySet()));
        return String.join(", ", tables);
    }
}

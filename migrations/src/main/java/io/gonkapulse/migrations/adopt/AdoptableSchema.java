package io.gonkapulse.migrations.adopt;

import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.scripts.MigrationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        List<String> missing = new ArrayList<>(schema.missing(FIRST_COLUMNS));
        boolean later = LATER_COLUMNS.keySet().stream().anyMatch(schema::hasTable);
        if (later) {
            missing.addAll(schema.missing(LATER_COLUMNS));
        }
        FIRST_COLUMNS.keySet().stream()
                .filter(table -> schema.columns(table).contains("id"))
                .filter(table -> !schema.type(table, "id").equals("uuid"))
                .forEach(table -> missing.add(table + ".id as uuid (it is " + schema.type(table, "id") + ")"));
        if (!missing.isEmpty()) {
            throw refused(
                    "This is no MineGNK database that adopt supports. Expected users, user_nodes and node_requests, "
                            + "and either none or all of nodes, node_stats_cache and earnings_history. Missing: "
                            + String.join(", ", missing) + ". Found: " + schema.describe());
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
}

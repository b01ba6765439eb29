package io.gonkapulse.migrations.adopt;

import static java.util.Comparator.comparingInt;

import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationJournal;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.output.ElapsedTime;
import io.gonkapulse.migrations.output.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Undoes an adoption in the transaction that its caller commits or rolls back. */
final class AdoptionUndoRunner {

    /**
     * Parameters of the scripts: tables that the undo may copy and drop, and whether foreign objects are compared
     * too.
     */
    private static final String SET = """
            select set_config('adopt.ours', ?, true),
                   set_config('adopt.whole', ?, true)
            """;

    private static final Pattern NEW_TABLE = Pattern.compile("(?im)^\\s*create table (?:if not exists )?(\\w+)");

    private static final Set<String> ADOPTED =
            Set.of("users", "user_nodes", "node_requests", "nodes", "node_stats_cache", "earnings_history");

    private final Connection connection;
    private final MigrationModule module;
    private final AdoptionScriptRunner scripts;
    private final MigrationListener listener;
    private final boolean wholeSchema;

    private AdoptionUndoRunner(
            Connection connection,
            MigrationModule module,
            TimeLimits limits,
            MigrationListener listener,
            boolean wholeSchema) {
        this.connection = connection;
        this.module = module;
        this.scripts = new AdoptionScriptRunner(connection, module, limits, listener);
        this.listener = listener;
        this.wholeSchema = wholeSchema;
    }

    static AdoptionUndoRunner create(
            Connection connection, MigrationModule module, TimeLimits limits, MigrationListener listener) {
        return new AdoptionUndoRunner(connection, module, limits, listener, false);
    }

    /** Reports nothing and compares the whole schema, which nobody can have changed right after the adoption. */
    static AdoptionUndoRunner createSilent(Connection connection, MigrationModule module, TimeLimits limits) {
        return new AdoptionUndoRunner(connection, module, limits, line -> {}, true);
    }

    /**
     * Restores the tables as they were before the adoption.
     *
     * @param migrations migrations that were applied since the adoption
     */
    void run(List<MigrationStatus> migrations) throws SQLException {
        set(migrations);
        scripts.run("definitions.sql", "functions.sql", "leave.sql");
        for (MigrationStatus migration : migrations.stream()
                .sorted(comparingInt(MigrationStatus::version).reversed())
                .toList()) {
            long start = System.nanoTime();
            scripts.run(module.undoScript(migration.script()));
            listener.report(
                    "    undo V" + migration.version() + " (" + ElapsedTime.format(ElapsedTime.since(start)) + ")");
        }
        scripts.run("return.sql");
    }

    /** Every table that a migration has created since the adoption is ours. */
    private void set(List<MigrationStatus> migrations) throws SQLException {
        Set<String> tables = new TreeSet<>(ADOPTED);
        tables.add(HistoryTable.NAME);
        tables.add(MigrationJournal.NAME);
        for (MigrationStatus migration : migrations) {
            Matcher table =
                    NEW_TABLE.matcher(module.migrationScript(migration.script()).sql());
            while (table.find()) {
                tables.add(table.group(1));
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(SET)) {
            statement.setString(1, String.join(",", tables));
            statement.setString(2, String.valueOf(wholeSchema));
            statement.execute();
        }
    }
}

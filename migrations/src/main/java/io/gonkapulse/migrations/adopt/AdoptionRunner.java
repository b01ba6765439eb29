package io.gonkapulse.migrations.adopt;

import static java.util.Comparator.comparingInt;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.gonkapulse.migrations.database.ScriptRunner;
import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationJournal;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.flyway.ModuleSchema;
import io.gonkapulse.migrations.scripts.DurationFormatter;
import io.gonkapulse.migrations.scripts.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.scripts.MigrationScript;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs an adoption, or its undo, in the transaction that its caller commits or rolls back. */
record AdoptionRunner(Connection connection, MigrationModule module, TimeLimits limits, MigrationListener listener) {

    /** Local to the transaction; the conversion of timestamps reads it. */
    private static final String SET_ZONE = """
            select set_config('adopt.zone', ?, true)
            """;

    /**
     * Parameters of the undo: tables that it may copy and drop, and whether foreign objects are compared too.
     */
    private static final String SET_UNDO_PARAMETERS = """
            select set_config('adopt.ours', ?, true),
                   set_config('adopt.whole', ?, true)
            """;

    private static final String DROP_STEP_TABLES = "select pg_temp.drop_step_tables()";

    private static final Pattern NEW_TABLE = Pattern.compile("(?im)^\\s*create table (?:if not exists )?(\\w+)");

    private static final Set<String> ADOPTED =
            Set.of("users", "user_nodes", "node_requests", "nodes", "node_stats_cache", "earnings_history");

    /**
     * Converts the tables and applies the migrations above the version of the existing schema.
     *
     * @param zone time zone of timestamps that have none
     */
    void adopt(AdoptableSchema schema, ZoneId zone, MigrationHistory history) throws SQLException {
        setZone(zone);
        // Copies for the undo and for the final comparison are made before the first change.
        run("definitions.sql", "functions.sql", "back_up_tables.sql", "copy_rows.sql", "drop_foreign_objects.sql");
        run(schema.scripts());
        run("normalize_addresses.sql");
        new HistoryTable(connection).createIfMissing();
        MigrationJournal journal = new MigrationJournal(connection);
        journal.createIfMissing();
        for (MigrationStatus migration : history.migrations()) {
            apply(migration, schema.baselineVersion(), journal);
        }
        run("shared_assignments.sql", "recreate_foreign_objects.sql", "compare_rows.sql");
    }

    /**
     * Restores the tables as they were before the adoption.
     *
     * @param migrations migrations that were applied since the adoption
     * @param wholeSchema whether foreign objects must be as before, too
     */
    void undo(List<MigrationStatus> migrations, boolean wholeSchema) throws SQLException {
        setUndoParameters(migrations, wholeSchema);
        run("definitions.sql", "functions.sql", "undo_empty_tables.sql");
        for (MigrationStatus migration : migrations.stream()
                .sorted(comparingInt(MigrationStatus::version).reversed())
                .toList()) {
            long start = System.nanoTime();
            run(module.undoScript(migration.script()));
            listener.report("    undo V" + migration.version() + " (" + DurationFormatter.formatSince(start) + ")");
        }
        run("undo_restore_tables.sql");
    }

    /**
     * Applies the pending migrations and copies the jobs of another schema.
     *
     * @param zone time zone of timestamps that have none
     */
    void copyJobs(ZoneId zone, MigrationHistory history) throws SQLException {
        new ModuleSchema(connection, module).createIfMissing();
        new HistoryTable(connection).createIfMissing();
        MigrationJournal journal = new MigrationJournal(connection);
        journal.createIfMissing();
        for (MigrationStatus migration : history.pending()) {
            apply(migration, 0, journal);
        }
        setZone(zone);
        run("copy_jobs.sql");
    }

    void deleteJobs() throws SQLException {
        run("delete_jobs.sql");
    }

    private void setZone(ZoneId zone) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET_ZONE)) {
            statement.setString(1, zone.getId().equals("Z") ? "UTC" : zone.getId());
            statement.execute();
        }
    }

    private void apply(MigrationStatus migration, int baselineVersion, MigrationJournal journal) throws SQLException {
        HistoryTable table = new HistoryTable(connection);
        // The conversion has created the schema of these versions.
        if (migration.version() <= baselineVersion) {
            table.addApplied(migration, 0);
            journal.addFound(migration.version());
            return;
        }
        long start = System.nanoTime();
        run(module.migrationScript(migration.script()));
        table.addApplied(migration, NANOSECONDS.toMillis(System.nanoTime() - start));
        listener.report("    apply " + migration.label() + " (" + DurationFormatter.formatSince(start) + ")");
    }

    /** Every table that a migration has created since the adoption is ours. */
    private void setUndoParameters(List<MigrationStatus> migrations, boolean wholeSchema) throws SQLException {
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
        try (PreparedStatement statement = connection.prepareStatement(SET_UNDO_PARAMETERS)) {
            statement.setString(1, String.join(",", tables));
            statement.setString(2, String.valueOf(wholeSchema));
            statement.execute();
        }
    }

    private void run(String... names) throws SQLException {
        for (String name : names) {
            execute(module.read("db/" + module.name() + "/adopt/" + name));
        }
    }

    /** Builds indexes inside the transaction, even where the migration builds them concurrently. */
    private void run(MigrationScript script) throws SQLException {
        execute(script.withoutConcurrently());
        if (module.equals(MigrationModule.TRACKER)) {
            new ScriptRunner(connection, listener).execute(DROP_STEP_TABLES);
        }
    }

    private void execute(MigrationScript script) throws SQLException {
        limits.apply(connection, script.header());
        new ScriptRunner(connection, listener).execute(script.statements());
    }
}

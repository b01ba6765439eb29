package io.gonkapulse.migrations.adopt;

import io.gonkapulse.migrations.database.TimeLimits;
import io.gonkapulse.migrations.flyway.HistoryTable;
import io.gonkapulse.migrations.flyway.MigrationHistory;
import io.gonkapulse.migrations.flyway.MigrationJournal;
import io.gonkapulse.migrations.flyway.MigrationStatus;
import io.gonkapulse.migrations.output.ElapsedTime;
import io.gonkapulse.migrations.output.MigrationListener;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneId;

/** Runs one adoption in the transaction that its caller commits or rolls back. */
record AdoptionRunner(
        Connection connection,
        MigrationModule module,
        TimeLimits limits,
        MigrationListener listener,
        AdoptableSchema schema,
        ZoneId zone) {

    /** Local to the transaction; the conversion of timestamps reads it. */
    private static final String SET_ZONE = """
            select set_config('adopt.zone', ?, true)
            """;

    void run(MigrationHistory history) throws SQLException {
        AdoptionScriptRunner scripts = new AdoptionScriptRunner(connection, module, limits, listener);
        setZone();
        // Copies for the undo and for the final comparison are made before the first change.
        scripts.run("definitions.sql", "functions.sql", "keep.sql", "remember.sql", "set_aside.sql");
        for (String name : schema.scripts()) {
            scripts.run(name);
        }
        scripts.run("addresses.sql");
        new HistoryTable(connection).createIfMissing();
        MigrationJournal journal = new MigrationJournal(connection);
        journal.createIfMissing();
        for (MigrationStatus migration : history.migrations()) {
            apply(migration, scripts, journal);
        }
        scripts.run("shared_assignments.sql", "put_back.sql", "compare.sql");
    }

    private void setZone() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET_ZONE)) {
            statement.setString(1, zone.getId().equals("Z") ? "UTC" : zone.getId());
            statement.execute();
        }
    }

    private void apply(MigrationStatus migration, AdoptionScriptRunner scripts, MigrationJournal journal)
            throws SQLException {
        HistoryTable table = new HistoryTable(connection);
        // The scripts above have created the schema of these versions.
        if (migration.version() <= schema.baselineVersion()) {
            table.addApplied(migration, 0);
            journal.addFound(migration.version());
            return;
        }
        long start = System.nanoTime();
        scripts.run(module.migrationScript(migration.script()));
        table.addApplied(migration, ElapsedTime.since(start).toMillis());
        listener.report("    apply " + migration.label() + " (" + ElapsedTime.format(ElapsedTime.since(start)) + ")");
    }
}

package io.gonkapulse.migrations.flyway;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.refused;

import io.gonkapulse.migrations.flyway.MigrationStatus.LifecycleState;
import io.gonkapulse.migrations.scripts.MigrationModule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Preconditions that are checked before anything is changed. */
public final class MigrationSafetyCheck {

    private static final String MAY_CREATE = """
            select coalesce(
                       has_schema_privilege(current_user, to_regnamespace(?), 'create'),
                       has_database_privilege(current_user, current_database(), 'create')),
                   current_user,
                   current_database(),
                   case
                       when to_regnamespace(?) is null then 'database ' || quote_ident(current_database())
                       else 'schema ' || to_regnamespace(?)
                   end
            """;

    /** The names that a MineGNK portal and this schema have in common; in a schema of our own, every name. */
    private static final String FOREIGN_TABLES = """
            select string_agg(relname, ', ' order by relname)
              from pg_class
             where relnamespace = to_regnamespace(?)
               and relkind in ('r', 'p')
               and (
                   ?
                   or relname in
                       ('users', 'user_nodes', 'node_requests', 'nodes', 'node_stats_cache', 'earnings_history'))
            """;

    private final Connection connection;
    private final MigrationModule module;

    public MigrationSafetyCheck(Connection connection, MigrationModule module) {
        this.connection = connection;
        this.module = module;
    }

    /** PostgreSQL 15 and later grant create on schema public to its owner only; the error names the grant. */
    public void requireCreatePrivilege() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAY_CREATE)) {
            statement.setString(1, module.schema());
            statement.setString(2, module.schema());
            statement.setString(3, module.schema());
            ResultSet rows = statement.executeQuery();
            if (rows.next() && !rows.getBoolean(1)) {
                String user = rows.getString(2);
                throw failed("User " + user + " may not create tables in schema " + module.schema() + " of database "
                        + rows.getString(3)
                        + ": run as the owner, or let an administrator run: grant create on " + rows.getString(4)
                        + " to " + user);
            }
        }
    }

    /** Tables with these names but without a history are live data of the portal. */
    public void requireNoForeignTables() throws SQLException {
        if (new HistoryTable(connection).exists()) {
            return;
        }
        foreignTables().ifPresent(names -> {
            throw refused("Schema " + module.schema() + " contains tables that this program did not create (" + names
                    + "): "
                    + (module.createsSchema()
                            ? "use another database"
                            : "if it is a MineGNK database, run adopt; otherwise use another database"));
        });
    }

    private Optional<String> foreignTables() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FOREIGN_TABLES)) {
            statement.setString(1, module.schema());
            statement.setBoolean(2, module.createsSchema());
            ResultSet rows = statement.executeQuery();
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }

    /** Throws if a killed or half-done migration needs a repair first. */
    public void requireNoIncompleteMigration(MigrationHistory history) throws SQLException {
        List<UnfinishedMigration> unfinished = new MigrationJournal(connection)
                .unfinished().stream().filter(UnfinishedMigration::needsRepair).toList();
        for (UnfinishedMigration migration : unfinished) {
            throw refused(migration.name() + " was started at " + migration.startedAt() + " UTC and "
                    + (migration.interrupted() ? "interrupted" : "failed: " + migration.error())
                    + ". Run status, then repair --to " + migration.versionWithout());
        }
        for (MigrationStatus migration : history.migrations()) {
            // Failed in a run without journal; the loop above has found all others.
            if (migration.state() == LifecycleState.FAILED) {
                throw refused(migration.label() + " failed. Run status, then repair --to " + (migration.version() - 1));
            }
        }
    }

    /** Throws if an applied file was edited or is missing: the schema would not be the tested one. */
    public static void requireUnchangedFiles(MigrationHistory history) {
        for (MigrationStatus migration : history.migrations()) {
            if (migration.state() == LifecycleState.CHANGED) {
                throw failed(migration.label() + " was edited after it was applied here: restore " + migration.script()
                        + ", and put the change into a new migration");
            }
            if (migration.state() == LifecycleState.MISSING) {
                throw failed(migration.label()
                        + " was applied here but is not in this program: run the version that contains it");
            }
        }
    }
}

package io.gonkapulse.migrations.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Flyway's history table, for undos and adoptions, which Flyway itself cannot record. */
public final class HistoryTable {

    public static final String NAME = "flyway_schema_history";

    /** Flyway requires an empty schema before it creates this table itself; a test compares both definitions. */
    private static final String CREATE = """
            create table if not exists flyway_schema_history (
                installed_rank integer not null,
                version varchar(50),
                description varchar(200) not null,
                type varchar(20) not null,
                script varchar(1000) not null,
                checksum integer,
                installed_by varchar(100) not null,
                installed_on timestamp not null default now(),
                execution_time integer not null,
                success boolean not null,
                constraint flyway_schema_history_pk primary key (installed_rank)
            );
            create index if not exists flyway_schema_history_s_idx on flyway_schema_history (success)
            """;

    /** The run lock excludes other writers, so the next rank is free. */
    private static final String INSERT = """
            insert into flyway_schema_history
                   (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
            select coalesce(max(installed_rank), 0) + 1, ?, ?, ?, ?, ?, session_user, ?, true
              from flyway_schema_history
            """;

    /** Without the check of success, a repair could remove the row of an applied migration. */
    private static final String DELETE_FAILED = """
            delete from flyway_schema_history
             where version = ?
               and not success
            """;

    /** Not the name alone: a table of the same name may be in another schema of the search path. */
    private static final String EXISTS = """
            select to_regclass(quote_ident(current_schema()) || '.flyway_schema_history') is not null
            """;

    private final Connection connection;

    public HistoryTable(Connection connection) {
        this.connection = connection;
    }

    public boolean exists() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(EXISTS);
            return rows.next() && rows.getBoolean(1);
        }
    }

    public void createIfMissing() throws SQLException {
        if (!exists()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(CREATE);
            }
        }
    }

    /** Writes the row that Flyway writes for an applied migration. */
    public void addApplied(MigrationStatus migration, long millis) throws SQLException {
        add(migration, "SQL", migration.script(), migration.checksum(), millis);
    }

    /**
     * Writes the kind of row that Flyway's own repair writes: the migration is pending again, and the past stays
     * recorded.
     */
    public void addUndone(MigrationStatus migration, long millis) throws SQLException {
        add(migration, "DELETE", migration.script().replaceFirst("^V", "U"), null, millis);
    }

    /** Removes the row of a migration that failed outside a transaction, so that it is pending again. */
    public void deleteFailed(String version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE_FAILED)) {
            statement.setString(1, version);
            statement.executeUpdate();
        }
    }

    private void add(MigrationStatus migration, String type, String script, @Nullable Integer checksum, long millis)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, String.valueOf(migration.version()));
            statement.setString(2, migration.description());
            statement.setString(3, type);
            statement.setString(4, script);
            statement.setObject(5, checksum);
            statement.setInt(6, Math.toIntExact(millis));
            statement.executeUpdate();
        }
    }
}

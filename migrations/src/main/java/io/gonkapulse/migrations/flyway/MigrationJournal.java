package io.gonkapulse.migrations.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Records each migration before it starts. Flyway records it when it has finished, so without this table a killed
 * process would leave no trace.
 */
public final class MigrationJournal {

    public static final String NAME = "migration_steps";

    private static final String CREATE = """
            create table if not exists migration_steps (
                id bigint not null generated always as identity,
                version varchar(50) not null,
                direction varchar(10) not null,
                transactional boolean not null,
                history_rank integer not null,
                outcome varchar(10) not null default 'running',
                started_at timestamptz not null default clock_timestamp(),
                finished_at timestamptz,
                error text,
                run_by name not null default session_user,
                constraint migration_steps_pkey primary key (id),
                constraint chk_step_direction check (direction in ('up', 'down', 'found')),
                constraint chk_step_outcome check (outcome in ('running', 'done', 'failed', 'repaired'))
            );
            comment on table migration_steps is 'Every migration and undo that was started; flyway_schema_history says which are applied';
            comment on column migration_steps.id is 'Key, in the order of start';
            comment on column migration_steps.version is 'Version of the migration';
            comment on column migration_steps.direction is 'up, down, or found: existed when the database was adopted';
            comment on column migration_steps.transactional is 'False: after an interruption its partial changes remain';
            comment on column migration_steps.history_rank is 'Newest row of flyway_schema_history at the start';
            comment on column migration_steps.outcome is 'running, done, failed or repaired; running without an active run means killed';
            comment on column migration_steps.started_at is 'Start time';
            comment on column migration_steps.finished_at is 'End time; null while it runs, or until the next run after a kill';
            comment on column migration_steps.error is 'Error message of a failure';
            comment on column migration_steps.run_by is 'Login that ran it';
            comment on index migration_steps_pkey is 'Newest entry first'
            """;

    private static final String BEGIN = """
            insert into migration_steps (version, direction, transactional, history_rank)
            select ?, ?, ?, coalesce(max(installed_rank), 0)
              from flyway_schema_history
            """;

    /** At most one entry is running: the run lock excludes other runs, and a killed one needs a repair first. */
    private static final String MARK_FAILED = """
            update migration_steps
               set outcome = 'failed',
                   finished_at = clock_timestamp(),
                   error = ?
             where outcome = 'running'
            """;

    /** Failed entries too: after a repair, only the history says what is applied. */
    private static final String MARK_REPAIRED = """
            update migration_steps
               set outcome = 'repaired',
                   finished_at = clock_timestamp()
             where outcome in ('running', 'failed')
            """;

    /** A migration has finished exactly when its history row exists: both are committed together. */
    private static final String MARK_FINISHED = """
            update migration_steps step
               set outcome = 'done',
                   finished_at = clock_timestamp()
              from flyway_schema_history history
             where step.outcome = 'running'
               and history.version = step.version
               and history.installed_rank > step.history_rank
               and history.success
               and (history.type = 'DELETE') = (step.direction = 'down')
            """;

    private static final String ADD_FOUND = """
            insert into migration_steps (version, direction, transactional, history_rank, outcome, finished_at)
            values (?, 'found', true, 0, 'done', clock_timestamp())
            """;

    /** A later entry of the same version replaces an earlier one: the migration was run again. */
    private static final String UNFINISHED = """
            select version, direction, transactional, outcome, to_char(started_at, 'YYYY-MM-DD HH24:MI:SS'), error
              from migration_steps step
             where outcome in ('running', 'failed')
               and not exists (
                   select
                     from migration_steps later
                    where later.version = step.version
                      and later.id > step.id)
             order by id
            """;

    private static final String NEWEST_FOUND = """
            select max(version::integer)
              from migration_steps
             where direction = 'found'
            """;

    private static final String EXISTS = """
            select to_regclass(quote_ident(current_schema()) || '.migration_steps') is not null
            """;

    /** Values of the column direction. */
    private static final String UP = "up";

    private static final String DOWN = "down";

    private final Connection connection;

    public MigrationJournal(Connection connection) {
        this.connection = connection;
    }

    public void createIfMissing() throws SQLException {
        if (!exists()) {
            execute(CREATE);
        }
    }

    /** Adds an entry before the migration starts. Use the lock session, so that the entry survives a kill. */
    public void beginMigration(int version, boolean transactional) throws SQLException {
        begin(version, UP, transactional);
    }

    /** Adds an entry before the undo starts, also in the lock session. */
    public void beginUndo(int version, boolean transactional) throws SQLException {
        begin(version, DOWN, transactional);
    }

    private void begin(int version, String direction, boolean transactional) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setString(1, String.valueOf(version));
            statement.setString(2, direction);
            statement.setBoolean(3, transactional);
            statement.executeUpdate();
        }
    }

    /** Closes the open entry with the error. */
    public void markFailed(String error) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MARK_FAILED)) {
            statement.setString(1, error);
            statement.executeUpdate();
        }
    }

    /** Closes the open entries whose history row exists. */
    public void markFinished() throws SQLException {
        execute(MARK_FINISHED);
    }

    /** Closes all open and failed entries. */
    public void markRepaired() throws SQLException {
        execute(MARK_REPAIRED);
    }

    /** Adds an entry for a migration that the adopted database already contained; undo stops there. */
    public void addFound(int version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD_FOUND)) {
            statement.setString(1, String.valueOf(version));
            statement.executeUpdate();
        }
    }

    /** Newest version that existed when the database was adopted; 0 if it was not adopted. */
    public int newestFound() throws SQLException {
        if (!exists()) {
            return 0;
        }
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(NEWEST_FOUND);
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    /** Open or failed entries that have no later entry of the same version. */
    public List<UnfinishedMigration> unfinished() throws SQLException {
        List<UnfinishedMigration> migrations = new ArrayList<>();
        if (!exists()) {
            return migrations;
        }
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(UNFINISHED);
            while (rows.next()) {
                migrations.add(new UnfinishedMigration(
                        rows.getInt(1),
                        rows.getString(2).equals(DOWN),
                        rows.getBoolean(3),
                        rows.getString(4).equals("running"),
                        rows.getString(5),
                        rows.getString(6)));
            }
        }
        return migrations;
    }

    private boolean exists() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(EXISTS);
            return rows.next() && rows.getBoolean(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

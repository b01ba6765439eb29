package io.gonkapulse.migrations.history;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static io.gonkapulse.migrations.outcome.MigrationException.refused;

import io.gonkapulse.migrations.history.KnownStep.State;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What has to be true before anything is changed. */
public final class SafetyChecks {

    private static final String MAY_CREATE = """
            select has_schema_privilege(current_user, ?, 'create'), current_user, current_database()
            """;

    private static final String FOREIGN_TABLES = """
            select string_agg(relname, ', ' order by relname)
              from pg_class
             where relnamespace = ?::regnamespace
               and relkind in ('r', 'p')
               and relname in ('users', 'user_nodes', 'node_requests', 'nodes', 'node_stats_cache', 'earnings_history')
            """;

    private final Connection connection;
    private final StepFolder folder;

    public SafetyChecks(Connection connection, StepFolder folder) {
        this.connection = connection;
        this.folder = folder;
    }

    public void requireRightToCreate() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAY_CREATE)) {
            statement.setString(1, folder.schema());
            ResultSet rows = statement.executeQuery();
            if (rows.next() && !rows.getBoolean(1)) {
                String user = rows.getString(2);
                throw failed("User " + user + " may not create tables in schema " + folder.schema() + " of database "
                        + rows.getString(3)
                        + ": run as the schema's owner, or let an administrator run: grant create on schema "
                        + folder.schema() + " to " + user);
            }
        }
    }

    /** Tables of these names without a history are somebody's live data. */
    public void requireOwnDatabase() throws SQLException {
        if (new HistoryTable(connection).exists()) {
            return;
        }
        foreignTables().ifPresent(names -> {
            throw refused("The database holds tables that no step of this program made (" + names
                    + "): if it is a MineGNK database, run adopt; else use another database");
        });
    }

    private Optional<String> foreignTables() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FOREIGN_TABLES)) {
            statement.setString(1, folder.schema());
            ResultSet rows = statement.executeQuery();
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }

    public void requireNothingHalfDone(History history) throws SQLException {
        List<UnfinishedStep> unfinished = new StepJournal(connection)
                .unfinished().stream().filter(UnfinishedStep::needsRepair).toList();
        for (UnfinishedStep step : unfinished) {
            throw refused(step.name() + " was begun at " + step.startedAt() + " UTC and "
                    + (step.cutShort() ? "cut short" : "failed: " + step.error())
                    + ". See status, then run repair --to " + step.versionWithoutIt());
        }
        for (KnownStep step : history.steps()) {
            if (step.state() == State.FAILED) {
                throw refused(step.label() + " failed. See status, then run repair --to " + (step.version() - 1));
            }
        }
    }

    public static void requireUnchangedFiles(History history) {
        for (KnownStep step : history.steps()) {
            if (step.state() == State.CHANGED) {
                throw failed(step.label() + " was edited after it was applied here: restore " + step.script()
                        + ", and put the change into a new step");
            }
            if (step.state() == State.MISSING) {
                throw failed(
                        step.label() + " was applied here and is not in this program: run the program that has it");
            }
        }
    }
}

package io.gonkapulse.migrations.flyway;

import io.gonkapulse.migrations.flyway.MigrationProblem.MigrationProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds problems of a database. Takes no lock, so it also works during a run. */
public final class MigrationStateCheck {

    /** An index that is being built is not valid either, so running builds are excluded. */
    private static final String INVALID_INDEXES = """
            select index_class.relname, table_class.relname
              from pg_index index
              join pg_class index_class on index_class.oid = index.indexrelid
              join pg_class table_class on table_class.oid = index.indrelid
             where not index.indisvalid
               and index_class.relkind = 'i'
               and index_class.relnamespace = to_regnamespace(?)
               and not exists (
                   select
                     from pg_stat_progress_create_index progress
                    where progress.index_relid = index.indexrelid)
             order by index_class.relname
            """;

    private final Connection connection;
    private final String schema;

    public MigrationStateCheck(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** While a run is active, its unfinished migration is no problem. */
    public List<MigrationProblem> problems(MigrationHistory history, boolean isRunning) throws SQLException {
        List<UnfinishedMigration> unfinished = new MigrationJournal(connection)
                .unfinished().stream()
                        .filter(migration -> !(isRunning && migration.interrupted()))
                        .toList();
        List<MigrationProblem> problems = new ArrayList<>();
        unfinished.forEach(migration -> problems.add(describeUnfinished(migration)));
        for (MigrationStatus migration : history.migrations()) {
            describeMigration(migration, unfinished).ifPresent(problems::add);
        }
        if (!isRunning) {
            problems.addAll(invalidIndexes());
        }
        return problems;
    }

    private static MigrationProblem describeUnfinished(UnfinishedMigration migration) {
        String repair = "run repair --to " + migration.versionWithout()
                + (migration.transactional() ? "" : " (or --to " + migration.versionWith() + " if it is complete)");
        if (migration.interrupted()) {
            return new MigrationProblem(
                    MigrationProblemType.INTERRUPTED,
                    migration.name(),
                    "started at " + migration.startedAt() + " UTC and interrupted; "
                            + (migration.transactional() ? "PostgreSQL rolled it back; " : "it may be half done; ")
                            + repair);
        }
        return new MigrationProblem(
                MigrationProblemType.FAILED,
                migration.name(),
                migration.error() + "; "
                        + (migration.transactional()
                                ? "nothing of it remains; fix the cause and run it again"
                                : "it may be half done; " + repair));
    }

    /** A failed migration with a journal entry is already described by that entry. */
    private static Optional<MigrationProblem> describeMigration(
            MigrationStatus migration, List<UnfinishedMigration> unfinished) {
        return switch (migration.state()) {
            case APPLIED, PENDING -> Optional.empty();
            case FAILED ->
                unfinished.stream().anyMatch(other -> other.version() == migration.version())
                        ? Optional.empty()
                        : problem(
                                MigrationProblemType.FAILED,
                                migration,
                                "failed outside a transaction; run repair --to " + (migration.version() - 1));
            case CHANGED ->
                problem(
                        MigrationProblemType.CHANGED,
                        migration,
                        "its file was edited after it was applied; restore the file, and put the change into a new migration");
            case MISSING ->
                problem(
                        MigrationProblemType.MISSING,
                        migration,
                        "applied, but not in this program; run the version that contains it");
            case FUTURE ->
                problem(
                        MigrationProblemType.FUTURE,
                        migration,
                        "applied by a newer program; this one can neither check nor undo it");
        };
    }

    private static Optional<MigrationProblem> problem(
            MigrationProblemType kind, MigrationStatus migration, String message) {
        return Optional.of(new MigrationProblem(kind, migration.label(), message));
    }

    private List<MigrationProblem> invalidIndexes() throws SQLException {
        List<MigrationProblem> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(INVALID_INDEXES)) {
            statement.setString(1, schema);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                found.add(new MigrationProblem(
                        MigrationProblemType.INVALID_INDEX,
                        rows.getString(1),
                        "left over from a concurrent build on " + rows.getString(2)
                                + " that did not finish; no query uses it, and every write updates it; if no migration created it, "
                                + "drop index concurrently " + rows.getString(1)));
            }
        }
        return found;
    }
}

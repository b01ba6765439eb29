package io.gonkapulse.migrations.history;

import io.gonkapulse.migrations.history.Problem.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what is wrong with a database, without changing it. */
public final class Diagnosis {

    /** An index that is being built right now is not valid either. */
    private static final String INVALID_INDEXES = """
            select index_class.relname, table_class.relname
              from pg_index index
              join pg_class index_class on index_class.oid = index.indexrelid
              join pg_class table_class on table_class.oid = index.indrelid
             where not index.indisvalid
               and index_class.relkind = 'i'
               and index_class.relnamespace = ?::regnamespace
               and not exists (
                   select
                     from pg_stat_progress_create_index progress
                    where progress.index_relid = index.indexrelid)
             order by index_class.relname
            """;

    private final Connection connection;
    private final String schema;

    public Diagnosis(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** While a run is at work, what it has begun and not done is no problem. */
    public List<Problem> problems(History history, boolean atWork) throws SQLException {
        List<UnfinishedStep> unfinished = new StepJournal(connection)
                .unfinished().stream()
                        .filter(step -> !(atWork && step.cutShort()))
                        .toList();
        List<Problem> problems = new ArrayList<>();
        unfinished.forEach(step -> problems.add(ofUnfinished(step)));
        for (KnownStep step : history.steps()) {
            ofStep(step, unfinished).ifPresent(problems::add);
        }
        if (!atWork) {
            problems.addAll(invalidIndexes());
        }
        return problems;
    }

    private static Problem ofUnfinished(UnfinishedStep step) {
        String repair = "run repair --to " + step.versionWithoutIt()
                + (step.transactional() ? "" : " (or --to " + step.versionWithIt() + " if it is complete)");
        if (step.cutShort()) {
            return new Problem(
                    Kind.INTERRUPTED,
                    step.name(),
                    "begun at " + step.startedAt() + " UTC and cut short; "
                            + (step.transactional() ? "the database took it back; " : "it may be half done; ")
                            + repair);
        }
        return new Problem(
                Kind.FAILED,
                step.name(),
                step.error() + "; "
                        + (step.transactional()
                                ? "nothing of it remains; mend the cause and run it again"
                                : "it may be half done; " + repair));
    }

    private static Optional<Problem> ofStep(KnownStep step, List<UnfinishedStep> unfinished) {
        return switch (step.state()) {
            case APPLIED, PENDING -> Optional.empty();
            case FAILED ->
                unfinished.stream().anyMatch(other -> other.version() == step.version())
                        ? Optional.empty()
                        : problem(
                                Kind.FAILED,
                                step,
                                "failed outside a transaction; run repair --to " + (step.version() - 1));
            case CHANGED ->
                problem(
                        Kind.CHANGED,
                        step,
                        "its file was edited after it was applied; restore the file, and put the change into a new step");
            case MISSING ->
                problem(Kind.MISSING, step, "applied, but not in this program; run the program that has it");
            case FUTURE ->
                problem(
                        Kind.FUTURE,
                        step,
                        "applied by a newer program; this one can neither check it nor take it back");
        };
    }

    private static Optional<Problem> problem(Kind kind, KnownStep step, String message) {
        return Optional.of(new Problem(kind, step.label(), message));
    }

    private List<Problem> invalidIndexes() throws SQLException {
        List<Problem> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(INVALID_INDEXES)) {
            statement.setString(1, schema);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                found.add(new Problem(
                        Kind.INVALID_INDEX,
                        rows.getString(1),
                        "left over from a concurrent build on " + rows.getString(2)
                                + " that did not end; no query uses it and every write pays for it; if no step made it, "
                                + "drop index concurrently " + rows.getString(1)));
            }
        }
        return found;
    }
}

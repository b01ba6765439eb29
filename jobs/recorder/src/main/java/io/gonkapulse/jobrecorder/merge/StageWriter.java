package io.gonkapulse.jobrecorder.merge;

import static java.util.Locale.ROOT;

import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.jobrecorder.merge.MergeStatement.Column;
import io.gonkapulse.jobrecorder.merge.StageReport.StageEnd;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Merges stages into their table, by the rules of {@link MergedStage}. */
final class StageWriter {

    private static final List<Column<MergedStage>> KEYS = List.of(
            new Column<>(
                    "job_id", "uuid", MergeRule.CONSTANT, stage -> stage.id().jobId()),
            new Column<>(
                    "attempt",
                    "integer",
                    MergeRule.CONSTANT,
                    stage -> stage.id().attempt()),
            new Column<>(
                    "stage_no",
                    "integer",
                    MergeRule.CONSTANT,
                    stage -> stage.id().no()));

    private static final List<Column<MergedStage>> COLUMNS = List.of(
            new Column<>(
                    "id_day",
                    "date",
                    MergeRule.CONSTANT,
                    stage -> ColumnValues.day(stage.id().jobId())),
            new Column<>("shard", "smallint", MergeRule.SMALLEST, MergedStage::shard),
            new Column<>("bot_id", "text", MergeRule.LARGEST_TEXT, MergedStage::botId),
            new Column<>("stage_name", "text", MergeRule.LARGEST_TEXT, MergedStage::name),
            new Column<>("started_at", "timestamptz", MergeRule.SMALLEST, stage -> stage.startedAt()),
            new Column<>("end_key", "bytea", MergeRule.SMALLEST, stage -> ColumnValues.key(stage.end())),
            endColumn("ended_at", "timestamptz", end -> end.at()),
            endColumn("status", "text", end -> end.status().name().toLowerCase(ROOT)),
            endColumn("reported_ms", "bigint", StageEnd::reportedMillis),
            errorColumn("error_name", JobError::name),
            errorColumn("error_message", JobError::message),
            errorColumn("error_stack", JobError::stack),
            new Column<>("meta_key", "bytea", MergeRule.LARGEST, stage -> ColumnValues.updateKey(stage.meta())),
            new Column<>(
                    "meta", "jsonb", MergeRule.withLargest("meta_key"), stage -> ColumnValues.value(stage.meta())));

    private final MergeStatement<MergedStage> statement;

    /**
     * A writer of one table.
     *
     * @param table with the columns of {@code job_stages}
     */
    StageWriter(String table) {
        statement = new MergeStatement<>(table, KEYS, COLUMNS, "true");
    }

    /** Returns the jobs of which a stage changed. */
    Set<UUID> write(Connection connection, Collection<MergedStage> stages) throws SQLException {
        return statement.execute(connection, stages);
    }

    private static Column<MergedStage> endColumn(
            String name, String type, Function<StageEnd, ? extends @Nullable Object> value) {
        return new Column<>(
                name, type, MergeRule.withSmallest("end_key"), stage -> ColumnValues.part(stage.end(), value));
    }

    private static Column<MergedStage> errorColumn(String name, Function<JobError, @Nullable String> value) {
        return endColumn(name, "text", end -> end.error() == null ? null : value.apply(end.error()));
    }
}

package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.jobrecorder.merge.JobClaim.Kind;
import io.gonkapulse.jobrecorder.merge.MergeStatement.Column;
import io.gonkapulse.jobrecorder.merge.MergedJob.CancelRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Merges jobs into their table, by the rules of {@link MergedJob}: the table may know more of a job. */
final class JobWriter {

    private static final MergeRule BOTS_DIFFER = new MergeRule(
            "kept.bots_differ or excluded.bots_differ or coalesce(kept.bot_id <> excluded.bot_id, false)", true);

    /** Of leases that end at the same time the longest one counts. */
    private static final MergeRule LONGEST_LEASE = new MergeRule("""
            case when kept.lease_until = excluded.lease_until then greatest(kept.lease_ms, excluded.lease_ms)
                 when greatest(kept.lease_until, excluded.lease_until) = kept.lease_until then kept.lease_ms
                 else excluded.lease_ms end""", true);

    private static final List<Column<MergedJob>> KEYS =
            List.of(new Column<>("job_id", "uuid", MergeRule.CONSTANT, MergedJob::id));

    private static final List<Column<MergedJob>> COLUMNS = List.of(
            new Column<>("id_day", "date", MergeRule.CONSTANT, job -> ColumnValues.day(job.id())),
            new Column<>("shard", "smallint", MergeRule.SMALLEST, MergedJob::shard),
            new Column<>("bot_key", "bytea", MergeRule.SMALLEST, job -> ColumnValues.key(job.bot())),
            new Column<>("bot_id", "text", MergeRule.withSmallest("bot_key"), job -> ColumnValues.value(job.bot())),
            new Column<>("bots_differ", "boolean", BOTS_DIFFER, MergedJob::botsDiffer),
            new Column<>("creator_key", "bytea", MergeRule.SMALLEST, job -> ColumnValues.key(job.creator())),
            creatorColumn("created_by_name", "text", JobCreator::name),
            creatorColumn("created_by_role", "text", JobCreator::role),
            creatorColumn("created_by_at", "timestamptz", creator -> creator.at()),
            new Column<>("parent_key", "bytea", MergeRule.SMALLEST, job -> ColumnValues.key(job.parent())),
            new Column<>(
                    "parent_id", "uuid", MergeRule.withSmallest("parent_key"), job -> ColumnValues.value(job.parent())),
            new Column<>("trace_key", "bytea", MergeRule.SMALLEST, job -> ColumnValues.key(job.trace())),
            new Column<>("trace", "text", MergeRule.withSmallest("trace_key"), job -> ColumnValues.value(job.trace())),
            new Column<>("cancel_key", "bytea", MergeRule.SMALLEST, job -> ColumnValues.key(job.cancelRequest())),
            cancelColumn("cancel_requested_at", "timestamptz", request -> request.at()),
            cancelColumn("cancel_requested_by", "text", CancelRequest::by),
            new Column<>("meta_key", "bytea", MergeRule.LARGEST, job -> ColumnValues.updateKey(job.meta())),
            new Column<>("meta", "jsonb", MergeRule.withLargest("meta_key"), job -> ColumnValues.value(job.meta())),
            new Column<>("progress_key", "bytea", MergeRule.LARGEST, job -> ColumnValues.updateKey(job.progress())),
            new Column<>(
                    "progress",
                    "jsonb",
                    MergeRule.withLargest("progress_key"),
                    job -> ColumnValues.value(job.progress())),
            new Column<>("first_time", "timestamptz", MergeRule.SMALLEST, job -> job.firstTime()),
            new Column<>("accepted_at", "timestamptz", MergeRule.SMALLEST, job -> job.acceptedAt()),
            new Column<>(
                    "attempt",
                    "integer",
                    MergeRule.LARGEST,
                    job -> job.attempt().number()),
            attemptColumn("started_at", "timestamptz", MergeRule.SMALLEST, run -> run.startedAt()),
            attemptColumn("running", "boolean", MergeRule.OR, MergedAttempt::running),
            attemptColumn("lease_until", "timestamptz", MergeRule.LARGEST, run -> run.leaseUntil()),
            attemptColumn("lease_ms", "bigint", LONGEST_LEASE, MergedAttempt::leaseMillis),
            attemptColumn("stages_listed", "boolean", MergeRule.OR, MergedAttempt::stagesListed),
            claimColumn("succeeded", Kind.SUCCEEDED),
            claimColumn("failed", Kind.FAILED),
            claimColumn("canceled", Kind.CANCELED),
            claimColumn("canceled_in_queue", Kind.CANCELED_IN_QUEUE),
            attemptColumn("lost_until", "timestamptz", MergeRule.LARGEST, run -> run.lostUntil()),
            attemptColumn("outcome_key", "bytea", MergeRule.SMALLEST, run -> ofOutcome(run, JobClaim::orderBytes)),
            outcomeColumn("outcome", "text", claim -> claim.kind().state()),
            outcomeColumn("outcome_at", "timestamptz", claim -> claim.at()),
            outcomeColumn("elapsed_ms", "bigint", JobClaim::elapsedMillis),
            outcomeColumn("result", "jsonb", JobClaim::result),
            errorColumn("error_name", JobError::name),
            errorColumn("error_message", JobError::message),
            errorColumn("error_stack", JobError::stack));

    private final MergeStatement<MergedJob> statement;

    /**
     * A writer of one table.
     *
     * @param table with the columns of {@code jobs}
     */
    JobWriter(String table) {
        statement = new MergeStatement<>(table, KEYS, COLUMNS, "kept.purged_at is null");
    }

    /** Returns the jobs that changed. Locks all of them until the transaction ends. */
    Set<UUID> write(Connection connection, Collection<MergedJob> jobs) throws SQLException {
        return statement.execute(connection, jobs);
    }

    private static Column<MergedJob> creatorColumn(
            String name, String type, Function<JobCreator, ? extends @Nullable Object> value) {
        return new Column<>(
                name, type, MergeRule.withSmallest("creator_key"), job -> ColumnValues.part(job.creator(), value));
    }

    private static Column<MergedJob> cancelColumn(
            String name, String type, Function<CancelRequest, ? extends @Nullable Object> value) {
        return new Column<>(
                name, type, MergeRule.withSmallest("cancel_key"), job -> ColumnValues.part(job.cancelRequest(), value));
    }

    private static Column<MergedJob> attemptColumn(
            String name, String type, MergeRule rule, Function<MergedAttempt, ? extends @Nullable Object> value) {
        return new Column<>(name, type, rule.ofAttempt(), job -> value.apply(job.attempt()));
    }

    private static Column<MergedJob> claimColumn(String name, Kind kind) {
        return attemptColumn(name, "job_claim", MergeRule.SMALLEST, run -> ColumnValues.claim(run.claim(kind)));
    }

    private static Column<MergedJob> outcomeColumn(
            String name, String type, Function<JobClaim, ? extends @Nullable Object> value) {
        return attemptColumn(name, type, MergeRule.withSmallest("outcome_key"), run -> ofOutcome(run, value));
    }

    private static Column<MergedJob> errorColumn(String name, Function<JobError, @Nullable String> value) {
        return outcomeColumn(name, "text", claim -> claim.error() == null ? null : value.apply(claim.error()));
    }

    private static @Nullable Object ofOutcome(MergedAttempt run, Function<JobClaim, ? extends @Nullable Object> value) {
        JobClaim outcome = run.outcome();
        return outcome == null ? null : value.apply(outcome);
    }
}

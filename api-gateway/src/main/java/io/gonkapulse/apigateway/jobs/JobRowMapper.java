package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.jobs.JobResponse.CancelRequest;
import io.gonkapulse.apigateway.jobs.JobResponse.Creator;
import io.gonkapulse.apigateway.jobs.JobResponse.Failure;
import io.gonkapulse.apigateway.jobs.JobResponse.Outcome;
import io.gonkapulse.apigateway.jobs.JobResponse.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Maps rows of the views {@code audit.jobs_api} and {@code audit.job_stages_api}. */
final class JobRowMapper {

    /** Larger numbers are hashes of stages that were reported without a number. */
    private static final int MAX_STAGE_NUMBER = 1_000;

    private JobRowMapper() {}

    /** Maps a job of a list, which has neither a result nor a stack. */
    static JobResponse mapListedJob(ResultSet row, int number) throws SQLException {
        return map(row, null, null);
    }

    static JobResponse mapJob(ResultSet row, int number) throws SQLException {
        String result = row.getString("result");
        return map(row, result == null ? JobResponse.NO_RESULT : result, row.getString("error_stack"));
    }

    private static JobResponse map(ResultSet row, @Nullable String result, @Nullable String errorStack)
            throws SQLException {
        String errorMessage = row.getString("error_message");
        return new JobResponse(
                row.getObject("job_id", UUID.class),
                row.getString("bot_id"),
                row.getString("state"),
                time(row, "first_time"),
                time(row, "accepted_at"),
                time(row, "started_at"),
                time(row, "finished_at"),
                row.getObject("queue_ms", Long.class),
                row.getObject("run_ms", Long.class),
                row.getObject("total_ms", Long.class),
                row.getString("duration_source"),
                row.getInt("attempt"),
                creator(row),
                row.getObject("parent_id", UUID.class),
                row.getString("trace"),
                row.getString("meta"),
                result,
                Failure.of(row.getString("error_name"), errorMessage, errorStack),
                errorMessage,
                cancelRequest(row),
                row.getBoolean("conflicting"),
                outcomes(row),
                time(row, "lease_until"),
                row.getBoolean("lost"),
                row.getString("progress"),
                null,
                row.getString("origin"),
                row.getBoolean("bots_differ"),
                row.getBoolean("stages_listed"),
                0,
                null);
    }

    static Stage mapStage(ResultSet row, int number) throws SQLException {
        int no = row.getInt("stage_no");
        return new Stage(
                no > MAX_STAGE_NUMBER || no < 0 ? null : no,
                row.getString("stage_name"),
                row.getString("status"),
                time(row, "started_at"),
                time(row, "ended_at"),
                row.getString("ended_by"),
                row.getObject("duration_ms", Long.class),
                row.getString("meta"),
                Failure.of(row.getString("error_name"), row.getString("error_message"), row.getString("error_stack")));
    }

    private static @Nullable Creator creator(ResultSet row) throws SQLException {
        String name = row.getString("created_by_name");
        return name == null ? null : new Creator(name, row.getString("created_by_role"), time(row, "created_by_at"));
    }

    private static @Nullable CancelRequest cancelRequest(ResultSet row) throws SQLException {
        Instant at = time(row, "cancel_requested_at");
        return at == null ? null : new CancelRequest(row.getString("cancel_requested_by"), at);
    }

    /** A lost job has no report of its end; the recorder saw that its lease ended. */
    private static List<Outcome> outcomes(ResultSet row) throws SQLException {
        List<Outcome> found = new ArrayList<>();
        addOutcome(found, "succeeded", row, "succeeded", "executor");
        addOutcome(found, "failed", row, "failed", "executor");
        addOutcome(found, "canceled", row, "canceled", "executor");
        addOutcome(found, "canceled", row, "canceled_in_queue", "queue");
        Instant finished = time(row, "finished_at");
        if (row.getBoolean("lost") && finished != null) {
            found.add(new Outcome("failed", finished, "recorder", null));
        }
        return found;
    }

    private static void addOutcome(List<Outcome> found, String state, ResultSet row, String claim, String by)
            throws SQLException {
        Instant at = time(row, claim + "_at");
        if (at != null) {
            found.add(new Outcome(state, at, by, row.getString(claim + "_source")));
        }
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

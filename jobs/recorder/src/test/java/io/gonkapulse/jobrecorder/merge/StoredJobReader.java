package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobStage;
import io.gonkapulse.testkit.workload.ReferenceJob;
import io.gonkapulse.testkit.workload.ReferenceJob.DurationSource;
import io.gonkapulse.testkit.workload.ReferenceJob.Durations;
import io.gonkapulse.testkit.workload.ReferenceJob.Ending;
import io.gonkapulse.testkit.workload.ReferenceJob.Facts;
import io.gonkapulse.testkit.workload.ReferenceJob.Run;
import io.gonkapulse.testkit.workload.ReferenceStage;
import io.gonkapulse.testkit.workload.ReferenceState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the rows in the words of the reference model. Claims are left out: only the deciding one has all its values. */
final class StoredJobReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final JobError NO_ERROR = new JobError(null, null, null);

    private final JdbcTemplate jdbc;

    StoredJobReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<UUID, ReferenceJob> jobs() {
        Map<UUID, List<ReferenceStage>> stages = new HashMap<>();
        jdbc.query("""
                select stage.*
                  from job_stages stage
                  join jobs job
                    on job.job_id = stage.job_id
                   and job.attempt = stage.attempt
                 where stage.stage_no <= 1000
                    or not job.stages_listed
                """, row -> {
            stages.computeIfAbsent(row.getObject("job_id", UUID.class), id -> new ArrayList<>())
                    .add(stage(row));
        });
        Map<UUID, ReferenceJob> jobs = new TreeMap<>();
        jdbc.query("select * from jobs", row -> {
            UUID id = row.getObject("job_id", UUID.class);
            jobs.put(id, job(id, row, stages.getOrDefault(id, List.of())));
        });
        return jobs;
    }

    private static ReferenceJob job(UUID id, ResultSet row, List<ReferenceStage> stages) throws SQLException {
        Instant purgedAt = time(row, "purged_at");
        if (purgedAt != null) {
            return new ReferenceJob(
                    id,
                    purgedAt,
                    facts(row),
                    new Run(null, null, null, null, row.getBoolean("running"), null, false),
                    ending(row),
                    durations(row),
                    stages);
        }
        Run run = new Run(
                row.getInt("attempt"),
                time(row, "first_time"),
                time(row, "accepted_at"),
                time(row, "started_at"),
                row.getBoolean("running"),
                time(row, "lease_until"),
                row.getBoolean("stages_listed"));
        return new ReferenceJob(id, null, facts(row), run, ending(row), durations(row), stages);
    }

    private static Facts facts(ResultSet row) throws SQLException {
        Instant canceledAt = time(row, "cancel_requested_at");
        return new Facts(
                row.getString("bot_id"),
                row.getBoolean("bots_differ"),
                row.getBytes("creator_key") == null
                        ? null
                        : new JobCreator(
                                row.getString("created_by_name"),
                                row.getString("created_by_role"),
                                time(row, "created_by_at")),
                row.getObject("parent_id", UUID.class),
                row.getString("trace"),
                canceledAt == null
                        ? null
                        : new ReferenceJob.CancelRequest(row.getString("cancel_requested_by"), canceledAt),
                normalize(row.getString("meta")),
                normalize(row.getString("progress")));
    }

    private static @Nullable Ending ending(ResultSet row) throws SQLException {
        Instant finishedAt = time(row, "finished_at");
        return finishedAt == null
                ? null
                : new Ending(
                        ReferenceState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getBoolean("lost"),
                        finishedAt,
                        number(row, "elapsed_ms"),
                        normalize(row.getString("result")),
                        error(row),
                        row.getBoolean("conflicting"),
                        List.of());
    }

    private static Durations durations(ResultSet row) throws SQLException {
        String source = row.getString("duration_source");
        return new Durations(
                number(row, "queue_ms"),
                number(row, "run_ms"),
                source == null ? null : DurationSource.valueOf(source.toUpperCase(Locale.ROOT)));
    }

    private static ReferenceStage stage(ResultSet row) throws SQLException {
        int no = row.getInt("stage_no");
        String status = row.getString("status");
        return new ReferenceStage(
                no > 1_000 ? null : no,
                row.getString("stage_name"),
                status == null ? JobStage.Status.RUNNING : JobStage.Status.valueOf(status.toUpperCase(Locale.ROOT)),
                time(row, "started_at"),
                time(row, "ended_at"),
                number(row, "reported_ms"),
                normalize(row.getString("meta")),
                error(row));
    }

    private static @Nullable JobError error(ResultSet row) throws SQLException {
        return nonEmpty(new JobError(
                row.getString("error_name"), row.getString("error_message"), row.getString("error_stack")));
    }

    /** An empty error is stored as none. */
    static @Nullable JobError nonEmpty(@Nullable JobError error) {
        return NO_ERROR.equals(error) ? null : error;
    }

    /** The database stores JSON in a form of its own. */
    static @Nullable String normalize(@Nullable String json) {
        return json == null ? null : JSON.writeValueAsString(JSON.readValue(json, Object.class));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

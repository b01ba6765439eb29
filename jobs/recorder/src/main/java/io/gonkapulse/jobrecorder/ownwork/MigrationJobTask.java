package io.gonkapulse.jobrecorder.ownwork;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.jobrecorder.publishing.JobEventPublisher;
import io.gonkapulse.workercore.sql.AdvisoryLock;
import io.gonkapulse.workercore.sql.ExclusiveTaskRunner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes finished migrations of all modules as jobs: the migrations program does not know Kafka. A job that is stored
 * already is not published again. Steps that are older than the audit trail keeps jobs are left out.
 */
public final class MigrationJobTask {

    private static final List<String> SCHEMAS = List.of("public", "audit", "relay", "portal");
    private static final AdvisoryLock LOCK = new AdvisoryLock(7_320_519_823_364_115L);
    private static final JobEventOrigin ORIGIN = new JobEventOrigin("migrations", null, null, Reporter.EXECUTOR);
    private static final Logger LOG = LoggerFactory.getLogger(MigrationJobTask.class);

    private static final String IS_READABLE = """
            select coalesce(has_table_privilege(to_regclass(?), 'select'), false)
               and coalesce(has_schema_privilege(to_regnamespace(?), 'usage'), false)
            """;

    private static final String SELECT_STEPS = """
            select id, version, direction, outcome, started_at, finished_at, error, run_by
              from %s.migration_steps
             where finished_at is not null
               and direction in ('up', 'down')
               and outcome in ('done', 'failed')
               and started_at >= (select dropped_before from job_retention)
               and started_at > now() - interval '399 days'
               and finished_at <= now()
             order by id
            """;

    private static final String SELECT_KNOWN = "select job_id from jobs where job_id in (:ids)";

    private final JsonMapper json = new JsonMapper();
    private final ExclusiveTaskRunner tasks;
    private final JobEventPublisher publisher;

    public MigrationJobTask(ExclusiveTaskRunner tasks, JobEventPublisher publisher) {
        this.tasks = tasks;
        this.publisher = publisher;
    }

    /** Runs once. A failed broker is logged, and the next run makes up for it. */
    public void run() {
        tasks.run(LOCK, (database, now) -> {
            try {
                SCHEMAS.forEach(schema -> publish(database, schema));
            } catch (KafkaException e) {
                LOG.warn("Migrations cannot be published as jobs, the next run tries again: {}", e.getMessage());
            }
        });
    }

    private void publish(JdbcClient database, String schema) {
        boolean readable = database.sql(IS_READABLE)
                .params(schema + ".migration_steps", schema)
                .query(Boolean.class)
                .single();
        if (!readable) {
            return;
        }
        List<JobEvent> events = database.sql(SELECT_STEPS.formatted(schema))
                .query((row, number) -> event(schema, row))
                .list();
        if (events.isEmpty()) {
            return;
        }
        Set<UUID> known = new HashSet<>(database.sql(SELECT_KNOWN)
                .param("ids", events.stream().map(JobEvent::jobId).toList())
                .query(UUID.class)
                .list());
        publisher.publish(
                events.stream().filter(event -> !known.contains(event.jobId())).toList());
    }

    private JobEvent event(String schema, ResultSet row) throws SQLException {
        Instant startedAt = time(row, "started_at");
        Instant finishedAt = time(row, "finished_at");
        String version = row.getString("version");
        String direction = row.getString("direction");
        boolean done = row.getString("outcome").equals("done");
        @Nullable String error = row.getString("error");
        String module = schema.equals("public") ? "tracker" : schema;
        return new JobEvent(
                DerivedJobId.of(startedAt, "migration", module, row.getString("id")),
                done ? JobEventType.SUCCEEDED : JobEventType.FAILED,
                finishedAt,
                ORIGIN,
                new JobDescription(
                        direction.equals("up") ? "migrations.migrate" : "migrations.undo",
                        new JobCreator(row.getString("run_by"), "login", null),
                        null,
                        null),
                new JobAttempt(
                        1, startedAt, startedAt, null, Math.max(0, ChronoUnit.MILLIS.between(startedAt, finishedAt))),
                new JobEventDetails(
                        null,
                        List.of(),
                        json.writeValueAsString(new Meta(module, version)),
                        null,
                        null,
                        done ? null : new JobError("MigrationFailed", error, null),
                        null));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private record Meta(String module, String version) {}
}

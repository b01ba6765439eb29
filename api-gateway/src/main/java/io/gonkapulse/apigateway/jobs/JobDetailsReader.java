package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.jobs.JobResponse.Eta;
import io.gonkapulse.apigateway.jobs.JobResponse.Stage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what a response has beside the rows of jobs: stages and the expected end. */
@Component
class JobDetailsReader {

    /** Uses job_stages_pkey and jobs_pkey of the partitions of the ids. */
    private static final String COUNT_STAGES = """
            select job_id, count(*) as stages
              from audit.job_stages_api
             where job_id = any (:ids)
             group by job_id
            """;

    /**
     * Uses job_stages_pkey and jobs_pkey of one partition. A job may report any number of stages without a number; what
     * they are about would fill the memory.
     */
    private static final String FIND_STAGES = """
            select job_id, stage_no, stage_name, bot_id, started_at, ended_at, ended_by, status, duration_ms, error_name,
                   left(error_message, 500) as error_message,
                   case when row_number() over (order by started_at nulls last, stage_no) <= 100 then meta end as meta,
                   case when row_number() over (order by started_at nulls last, stage_no) <= 100 then error_stack end
                       as error_stack
              from audit.job_stages_api
             where job_id = :id
             order by started_at nulls last, stage_no
             limit 1000
            """;

    /**
     * The newest succeeded runs of each bot that had finished before a time. Uses idx_jobs_bot_state_accepted; a job
     * without a time of acceptance is not in the order of that index, and does not count.
     */
    static final String FIND_RUNS = """
            select wanted.bot_id, run.run_ms
              from unnest(:bots) wanted (bot_id)
             cross join lateral (
                   select run_ms
                     from audit.jobs_api
                    where bot_id = wanted.bot_id
                      and state = 'succeeded'
                      and accepted_at <= :before
                      and finished_at <= :before
                      and run_ms is not null
                      and job_id <> :except
                    order by accepted_at desc, job_id
                    limit :runs) run
            """;

    private static final UUID NO_JOB = new UUID(0, 0);

    private final JdbcClient client;

    JobDetailsReader(QueryClient queryClient, GatewayProperties properties) {
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
    }

    /** Adds the numbers of stages, and the expected ends of running jobs. */
    List<JobResponse> addToPage(List<JobResponse> jobs, Instant now) {
        if (jobs.isEmpty()) {
            return jobs;
        }
        Map<UUID, Long> stages = countStages(jobs);
        Map<String, List<Long>> runs = findRuns(
                jobs.stream()
                        .filter(JobResponse::isRunning)
                        .map(JobResponse::botId)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toArray(String[]::new),
                now,
                NO_JOB);
        return jobs.stream()
                .map(job -> job.withStageCount(stages.getOrDefault(job.jobId(), 0L))
                        .withEta(job.isRunning() ? estimate(job, runs) : null))
                .toList();
    }

    /** Adds the stages, and the expected end of a job that has started. */
    JobResponse addToJob(JobResponse job, Instant now) {
        List<Stage> stages = client.sql(FIND_STAGES)
                .param("id", job.jobId())
                .query(JobRowMapper::mapStage)
                .list();
        return job.withStages(stages).withEta(findEta(job, now));
    }

    private @Nullable Eta findEta(JobResponse job, Instant now) {
        Instant before = job.isRunning() ? now : job.finishedAt() == null ? null : job.startedAt();
        if (job.botId() == null || before == null) {
            return null;
        }
        return estimate(job, findRuns(new String[] {job.botId()}, before, job.jobId()));
    }

    private static @Nullable Eta estimate(JobResponse job, Map<String, List<Long>> runs) {
        if (job.startedAt() == null || job.botId() == null) {
            return null;
        }
        return JobEtaEstimator.estimate(
                job.startedAt(),
                job.finishedAt() == null ? null : job.runMs(),
                runs.getOrDefault(job.botId(), List.of()));
    }

    private Map<UUID, Long> countStages(List<JobResponse> jobs) {
        Map<UUID, Long> found = new HashMap<>();
        client.sql(COUNT_STAGES)
                .param("ids", jobs.stream().map(JobResponse::jobId).toArray(UUID[]::new))
                .query(row -> {
                    found.put(row.getObject("job_id", UUID.class), row.getLong("stages"));
                });
        return found;
    }

    private Map<String, List<Long>> findRuns(String[] bots, Instant before, UUID except) {
        Map<String, List<Long>> found = new HashMap<>();
        if (bots.length > 0) {
            client.sql(FIND_RUNS)
                    .param("bots", bots)
                    .param("before", before.atOffset(ZoneOffset.UTC))
                    .param("except", except)
                    .param("runs", JobEtaEstimator.MAX_RUNS)
                    .query(row -> {
                        found.computeIfAbsent(row.getString("bot_id"), bot -> new ArrayList<>())
                                .add(row.getLong("run_ms"));
                    });
        }
        return found;
    }
}

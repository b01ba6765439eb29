package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.jobs.JobResponse.Eta;
import io.gonkapulse.apigateway.jobs.JobResponse.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Uses job_stages_pkey of the partitions of the ids. The newest attempt counts, and a complete list if there is one. */
    static final String COUNT_STAGES = """
            select stage.job_id, count(*) as stages
              from unnest(cast(:ids as uuid[]), cast(:attempts as integer[]), cast(:listed as boolean[]))
                       wanted (job_id, attempt, listed)
              join audit.job_stage_numbers_api stage
                on stage.job_id = wanted.job_id
               and stage.attempt = wanted.attempt
               and (stage.stage_no <= 1000 or not wanted.listed)
             where stage.job_id = any (:ids)
             group by stage.job_id
            """;

    /**
     * Uses job_stages_pkey and jobs_pkey of one partition. A job may report 1,000 stages with large objects and stacks,
     * and any number without a number; all of it would fill the memory.
     */
    static final String FIND_STAGES = """
            select stage_no, stage_name, started_at, ended_at, ended_by, status, duration_ms, error_name,
                   left(error_message, 500) as error_message,
                   case when stack_bytes <= 100000 then error_stack end as error_stack,
                   case when meta_bytes > 1000000
                        then jsonb_build_object('truncated', true, 'bytes', octet_length(meta::text))
                        else meta end as meta
              from (select *,
                           sum(octet_length(meta::text)) over earlier as meta_bytes,
                           sum(octet_length(error_stack)) over earlier as stack_bytes
                      from audit.job_stages_api
                     where job_id = :id
                    window earlier as (order by started_at nulls last, stage_no rows unbounded preceding)
                     order by started_at nulls last, stage_no
                     limit 1000) stage
             order by started_at nulls last, stage_no
            """;

    /**
     * The newest succeeded runs of each bot that had finished before a time, of a window. Uses
     * idx_jobs_bot_state_first_time.
     */
    static final String FIND_RUNS = """
            select wanted.bot_id, run.run_ms
              from unnest(cast(:bots as text[])) wanted (bot_id)
             cross join lateral (
                   select run_ms
                     from audit.jobs_api
                    where bot_id = wanted.bot_id
                      and state = 'succeeded'
                      and first_time < :until
                      and finished_at <= :before
                      and run_ms is not null
                      and job_id <> :except@window
                    order by first_time desc nulls last, job_id
                    limit :runs) run
            """;

    /** Most bots have run often enough in the first of these days; those that run weekly need the others. */
    private static final List<Duration> RUN_WINDOWS = List.of(Duration.ofDays(1), Duration.ofDays(31));

    private static final UUID NO_JOB = new UUID(0, 0);

    private final JdbcClient client;
    private final JobDayReader days;

    JobDetailsReader(QueryClient queryClient, GatewayProperties properties, JobDayReader days) {
        this.days = days;
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
                .param("attempts", jobs.stream().map(JobResponse::attempt).toArray(Integer[]::new))
                .param("listed", jobs.stream().map(JobResponse::stagesListed).toArray(Boolean[]::new))
                .query(row -> {
                    found.put(row.getObject("job_id", UUID.class), row.getLong("stages"));
                });
        return found;
    }

    private Map<String, List<Long>> findRuns(String[] bots, Instant before, UUID except) {
        Map<String, List<Long>> found = new HashMap<>();
        Instant until = before.plusMillis(1);
        String[] wanted = bots;
        for (Duration length : RUN_WINDOWS) {
            if (wanted.length == 0) {
                break;
            }
            Instant since = SummedRange.floor(until.minus(length), Duration.ofDays(1));
            for (JobWindow window : days.findWindow(since, until)) {
                findRuns(wanted, before, until, except, window, found);
            }
            until = since;
            wanted = Arrays.stream(bots)
                    .filter(bot -> found.getOrDefault(bot, List.of()).size() < JobEtaEstimator.MAX_RUNS)
                    .toArray(String[]::new);
        }
        return found;
    }

    private void findRuns(
            String[] bots,
            Instant before,
            Instant until,
            UUID except,
            JobWindow window,
            Map<String, List<Long>> found) {
        client.sql(FIND_RUNS.replace("@window", window.condition()))
                .param("bots", bots)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("except", except)
                .param("runs", JobEtaEstimator.MAX_RUNS)
                .params(window.parameters())
                .query(row -> {
                    List<Long> runs = found.computeIfAbsent(row.getString("bot_id"), bot -> new ArrayList<>());
                    if (runs.size() < JobEtaEstimator.MAX_RUNS) {
                        runs.add(row.getLong("run_ms"));
                    }
                });
    }
}

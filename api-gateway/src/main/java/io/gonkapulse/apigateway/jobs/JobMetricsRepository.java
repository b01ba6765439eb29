package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.jobs.JobMetricsResponse.BotMetrics;
import io.gonkapulse.apigateway.jobs.JobMetricsResponse.StageMetrics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads metrics of bots and of stages from sums. */
@Repository
class JobMetricsRepository {

    /** Uses uq_job_sums: jumps from each bot to the next one. Bots without an id have an empty one. */
    static final String FIND_BOTS =
            """
            with recursive bots as (
                select min(bot_id) as bot_id
                  from audit.job_sums_api
                 union all
                select (select min(bot_id) from audit.job_sums_api where bot_id > bots.bot_id)
                  from bots
                 where bots.bot_id is not null),
            summed as (
                select bots.bot_id, sum(part.queued)::bigint as queued, sum(part.running)::bigint as running,
                       sum(part.succeeded)::bigint as succeeded, sum(part.failed)::bigint as failed,
                       sum(part.canceled)::bigint as canceled, sum(part.finished)::bigint as finished,
                       sum(part.queue_ms)::bigint as queue_ms, sum(part.run_ms)::bigint as run_ms
                  from bots
                 cross join @ranges
                 cross join lateral (
                       select sum(queued) as queued, sum(running) as running, sum(succeeded) as succeeded,
                              sum(failed) as failed, sum(canceled) as canceled,
                              sum(finished_succeeded + finished_failed + finished_canceled) as finished,
                              sum(queue_ms) as queue_ms, sum(run_ms) as run_ms
                         from audit.job_sums_api
                        where bot_id = bots.bot_id
                          and @is_wanted) part
                 group by bots.bot_id)
            select *, queued + running + succeeded + failed + canceled as total, count(*) over () as bots
              from summed
             where queued + running + succeeded + failed + canceled + finished > 0
             order by total desc, bot_id
             limit 500
            """.replace("@ranges", SummedRange.ROWS).replace("@is_wanted", SummedRange.IS_WANTED);

    /** Uses job_durations_pkey. */
    static final String FIND_RUN_SLOTS = """
            select bot_id, slot, sum(n)::bigint as n
              from audit.job_durations_api
             where stage_name = ''
               and bot_id = any (:bots)@conditions
             group by bot_id, slot
            """;

    /** Uses job_durations_pkey: jumps from each name to the next one, and reads the rows of the range once. */
    static final String FIND_STAGE_SLOTS = """
            with recursive names as (
                select min(stage_name) as stage_name
                  from audit.job_durations_api
                 where stage_name > ''
                 union all
                select (select min(stage_name) from audit.job_durations_api where stage_name > names.stage_name)
                  from names
                 where names.stage_name is not null),
            slots as materialized (
                select names.stage_name, part.*
                  from names
                 cross join lateral (
                       select outcome, slot, sum(n)::bigint as n, sum(total_ms)::bigint as total_ms
                         from audit.job_durations_api
                        where stage_name = names.stage_name@conditions
                        group by outcome, slot) part),
            named as (
                select stage_name, sum(n) as stages, count(*) over () as names
                  from slots
                 group by stage_name
                 order by stages desc, stage_name
                 limit 500)
            select named.names, slots.*
              from named
              join slots using (stage_name)
             order by named.stages desc, named.stage_name
            """;

    private final QueryClient queryClient;
    private final JdbcClient client;

    JobMetricsRepository(QueryClient queryClient, GatewayProperties properties) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.rangeTimeout());
    }

    JobMetricsResponse<BotMetrics> findByBot(JobMetricsQuery query) {
        return queryClient.runRangeQuery(() -> {
            List<BotCounts> bots = client.sql(FIND_BOTS)
                    .params(SummedRange.sqlParameters(SummedRange.split(0, query.from(), query.to())))
                    .query((row, number) -> BotCounts.of(row))
                    .list();
            Map<String, DurationSlots> slots = findRunSlots(query, bots);
            return new JobMetricsResponse<>(
                    query.from(),
                    query.to(),
                    bots.stream()
                            .map(bot -> bot.toMetrics(slots.getOrDefault(bot.bot, new DurationSlots())))
                            .toList(),
                    bots.isEmpty() ? 0 : bots.get(0).bots);
        });
    }

    private Map<String, DurationSlots> findRunSlots(JobMetricsQuery query, List<BotCounts> bots) {
        Map<String, DurationSlots> found = new HashMap<>();
        client.sql(FIND_RUN_SLOTS.replace("@conditions", query.durationConditions()))
                .params(query.durationParameters())
                .param("bots", bots.stream().map(BotCounts::bot).toArray(String[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getString("bot_id"), bot -> new DurationSlots())
                            .add(row.getInt("slot"), row.getLong("n"));
                });
        return found;
    }

    JobMetricsResponse<StageMetrics> findByStage(JobMetricsQuery query) {
        Map<String, StageSums> found = new LinkedHashMap<>();
        long[] names = {0};
        queryClient.runRangeQuery(() -> {
            client.sql(FIND_STAGE_SLOTS.replace("@conditions", query.durationConditions()))
                    .params(query.durationParameters())
                    .query(row -> {
                        names[0] = row.getLong("names");
                        found.computeIfAbsent(row.getString("stage_name"), name -> new StageSums())
                                .add(row);
                    });
            return found;
        });
        List<StageMetrics> items = new ArrayList<>();
        found.forEach((name, sums) -> items.add(sums.toMetrics(name)));
        return new JobMetricsResponse<>(query.from(), query.to(), items, names[0]);
    }

    /** The counts of a bot. */
    private record BotCounts(
            String bot,
            long total,
            long queued,
            long running,
            long succeeded,
            long failed,
            long canceled,
            long finished,
            long queueMillis,
            long runMillis,
            long bots) {

        private static BotCounts of(ResultSet row) throws SQLException {
            return new BotCounts(
                    row.getString("bot_id"),
                    row.getLong("total"),
                    row.getLong("queued"),
                    row.getLong("running"),
                    row.getLong("succeeded"),
                    row.getLong("failed"),
                    row.getLong("canceled"),
                    row.getLong("finished"),
                    row.getLong("queue_ms"),
                    row.getLong("run_ms"),
                    row.getLong("bots"));
        }

        private BotMetrics toMetrics(DurationSlots slots) {
            return new BotMetrics(
                    bot.isEmpty() ? null : bot,
                    total,
                    queued,
                    running,
                    succeeded,
                    failed,
                    canceled,
                    JobMetricsResponse.rate(succeeded, succeeded + failed + canceled),
                    JobMetricsResponse.average(queueMillis, finished),
                    JobMetricsResponse.average(runMillis, finished),
                    slots.total(),
                    slots.percentile(50),
                    slots.percentile(95),
                    slots.percentile(99));
        }
    }

    /** Adds up the slots of a name of stages. */
    private static final class StageSums {

        private final DurationSlots slots = new DurationSlots();
        private long succeeded;
        private long millis;

        private void add(ResultSet row) throws SQLException {
            long number = row.getLong("n");
            slots.add(row.getInt("slot"), number);
            millis += row.getLong("total_ms");
            if (row.getString("outcome").equals("succeed")) {
                succeeded += number;
            }
        }

        private StageMetrics toMetrics(String name) {
            return new StageMetrics(
                    name,
                    slots.total(),
                    succeeded,
                    slots.total() - succeeded,
                    JobMetricsResponse.rate(succeeded, slots.total()),
                    JobMetricsResponse.average(millis, slots.total()),
                    slots.percentile(50),
                    slots.percentile(95),
                    slots.percentile(99));
        }
    }
}

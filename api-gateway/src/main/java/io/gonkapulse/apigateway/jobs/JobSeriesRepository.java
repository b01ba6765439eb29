package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.jobs.JobSeriesResponse.Bucket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads series from sums of quarter hours, hours and days. */
@Repository
class JobSeriesRepository {

    /**
     * Uses uq_job_sums. The boundaries are computed here only, so that Java and PostgreSQL need not have the same version
     * of the time zones.
     */
    static final String FIND = """
            select wanted.number, sum(part.accepted)::bigint as accepted, sum(part.succeeded)::bigint as succeeded,
                   sum(part.failed)::bigint as failed, sum(part.canceled)::bigint as canceled,
                   sum(part.run_ms)::bigint as run_ms
              from @ranges
             cross join lateral (
                   select sum(queued + running + succeeded + failed + canceled) as accepted,
                          sum(finished_succeeded) as succeeded, sum(finished_failed) as failed,
                          sum(finished_canceled) as canceled, sum(run_ms) as run_ms
                     from audit.job_sums_api
                    where @bot
                      and @is_wanted) part
             group by wanted.number
            """.replace("@ranges", SummedRange.ROWS).replace("@is_wanted", SummedRange.IS_WANTED);

    private final QueryClient queryClient;
    private final JdbcClient client;

    JobSeriesRepository(QueryClient queryClient, GatewayProperties properties) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.rangeTimeout());
    }

    JobSeriesResponse find(JobSeriesQuery query) {
        List<Instant> boundaries = query.boundaries();
        List<SummedRange> ranges = new ArrayList<>();
        for (int i = 1; i < boundaries.size(); i++) {
            ranges.addAll(SummedRange.split(i, boundaries.get(i - 1), boundaries.get(i)));
        }
        Map<String, Object> parameters = new HashMap<>(SummedRange.sqlParameters(ranges));
        if (query.bot() != null) {
            parameters.put("bot", query.bot());
        }
        Map<Integer, BucketSums> found = new HashMap<>();
        queryClient.runRangeQuery(() -> {
            client.sql(statement(query.bot())).params(parameters).query(row -> {
                found.put(row.getInt("number"), BucketSums.of(row));
            });
            return found;
        });
        return new JobSeriesResponse(
                query.interval().apiName(),
                query.zone().getId(),
                query.bot(),
                boundaries.get(0),
                boundaries.get(boundaries.size() - 1),
                fill(query, found));
    }

    static String statement(@Nullable String bot) {
        return FIND.replace("@bot", bot == null ? "bot_id is null" : "bot_id = :bot");
    }

    private static List<Bucket> fill(JobSeriesQuery query, Map<Integer, BucketSums> found) {
        List<Instant> boundaries = query.boundaries();
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 1; i < boundaries.size(); i++) {
            Instant from = boundaries.get(i - 1);
            Instant to = boundaries.get(i);
            BucketSums sums = found.getOrDefault(i, BucketSums.EMPTY);
            buckets.add(new Bucket(
                    from,
                    to,
                    from.atZone(query.zone()).toOffsetDateTime(),
                    !to.isAfter(query.now()),
                    sums.accepted,
                    sums.succeeded,
                    sums.failed,
                    sums.canceled,
                    JobMetricsResponse.average(sums.runMillis, sums.succeeded + sums.failed + sums.canceled)));
        }
        return buckets;
    }

    /** The sums of a bucket. */
    private record BucketSums(long accepted, long succeeded, long failed, long canceled, long runMillis) {

        private static final BucketSums EMPTY = new BucketSums(0, 0, 0, 0, 0);

        private static BucketSums of(ResultSet row) throws SQLException {
            return new BucketSums(
                    row.getLong("accepted"),
                    row.getLong("succeeded"),
                    row.getLong("failed"),
                    row.getLong("canceled"),
                    row.getLong("run_ms"));
        }
    }
}

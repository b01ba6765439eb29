package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.jobs.JobSeriesResponse.Bucket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads series from sums of quarter hours. */
@Repository
class JobSeriesRepository {

    /**
     * Uses job_counts_pkey. The boundaries are computed here only, so that Java and PostgreSQL need not have the same
     * version of the time zones.
     */
    static final String FIND = """
            select width_bucket(bucket, cast(:boundaries as timestamptz[])) as number,
                   sum(n) filter (where kind = 'accepted') as accepted,
                   sum(n) filter (where kind = 'finished' and state = 'succeeded') as succeeded,
                   sum(n) filter (where kind = 'finished' and state = 'failed') as failed,
                   sum(n) filter (where kind = 'finished' and state = 'canceled') as canceled,
                   sum(run_ms) filter (where kind = 'finished') as run_ms
              from audit.job_counts_api
             where kind in ('accepted', 'finished')
               and bucket >= :from
               and bucket < :to@conditions
             group by 1
            """;

    private final QueryClient queryClient;
    private final JdbcClient client;

    JobSeriesRepository(QueryClient queryClient, GatewayProperties properties) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.rangeTimeout());
    }

    JobSeriesResponse find(JobSeriesQuery query) {
        List<Instant> boundaries = query.boundaries();
        Instant from = boundaries.get(0);
        Instant to = boundaries.get(boundaries.size() - 1);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(
                "boundaries", boundaries.stream().map(Instant::toString).collect(Collectors.joining(",", "{", "}")));
        parameters.put("from", from.atOffset(ZoneOffset.UTC));
        parameters.put("to", to.atOffset(ZoneOffset.UTC));
        if (query.bot() != null) {
            parameters.put("bot", query.bot());
        }
        Map<Integer, BucketSums> found = new HashMap<>();
        queryClient.runRangeQuery(() -> {
            client.sql(FIND.replace("@conditions", query.bot() == null ? "" : " and bot_id = :bot"))
                    .params(parameters)
                    .query(row -> {
                        found.put(row.getInt("number"), BucketSums.of(row));
                    });
            return found;
        });
        return new JobSeriesResponse(
                query.interval().apiName(), query.zone().getId(), query.bot(), from, to, fill(query, found));
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

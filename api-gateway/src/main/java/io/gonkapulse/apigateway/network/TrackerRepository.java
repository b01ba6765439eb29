package io.gonkapulse.apigateway.network;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.network.TrackerListResponse.OtherPolls;
import io.gonkapulse.apigateway.network.TrackerListResponse.Tracker;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the trackers with statistics of their polls in the last hour. */
@Repository
class TrackerRepository {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MILLIS_SCALE = 3;

    /**
     * Uses tracker_polls_pkey. Polls of the running epoch and others, such as those of a backfill, are apart, because
     * the others take longer. The statistics of the others are arrays, one element for each purpose.
     */
    private static final String FIND = """
            select tracker.*,
                   current.*,
                   other.*,
                   (select count(*) from trackers) as total
              from trackers tracker
             cross join lateral (
                   select @statistics
                     from tracker_polls poll
                    where poll.tracker = tracker.name
                      and poll.started_at > :since
                      and poll.purpose = 'current') current
             cross join lateral (
                   select array_agg(purpose order by purpose) as purposes,
                          array_agg(polls order by purpose) as other_polls,
                          array_agg(success_rate order by purpose) as other_success_rates,
                          array_agg(median_ms::bigint order by purpose) as other_median_ms,
                          array_agg(p95_ms::bigint order by purpose) as other_p95_ms
                     from (select poll.purpose,
                                  @statistics
                             from tracker_polls poll
                            where poll.tracker = tracker.name
                              and poll.started_at > :since
                              and poll.purpose <> 'current'
                            group by poll.purpose) by_purpose) other
             order by tracker.name
             limit 500
            """.replace("@statistics", """
            count(*) as polls,
            round(
                count(*) filter (where poll.outcome in ('ok', 'partial'))::numeric / nullif(count(*), 0),
                4) as success_rate,
            percentile_disc(0.5) within group (order by poll.duration_ms) as median_ms,
            percentile_disc(0.95) within group (order by poll.duration_ms) as p95_ms
            """);

    private final JdbcClient client;

    TrackerRepository(QueryClient queryClient, GatewayProperties properties) {
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
    }

    TrackerListResponse find(Instant now) {
        List<Tracker> found = new ArrayList<>();
        long[] total = {0};
        client.sql(FIND)
                .param("since", now.minus(WINDOW).atOffset(ZoneOffset.UTC))
                .query(row -> {
                    total[0] = row.getLong("total");
                    found.add(mapRow(row));
                });
        return new TrackerListResponse(found, total[0]);
    }

    private static Tracker mapRow(ResultSet row) throws SQLException {
        return new Tracker(
                row.getString("name"),
                row.getString("kind"),
                seconds(row.getLong("interval_ms")),
                row.getString("owner"),
                redact(row.getString("url")),
                row.getString("outcome"),
                row.getString("error"),
                time(row, "last_poll_at"),
                time(row, "last_success_at"),
                row.getObject("epoch", Long.class),
                row.getObject("height", Long.class),
                time(row, "block_time"),
                row.getLong("polls"),
                AmountFormatter.stripZeros(row.getBigDecimal("success_rate")),
                row.getObject("median_ms", Long.class),
                row.getObject("p95_ms", Long.class),
                mapOtherPolls(row));
    }

    /** The arrays are null if there are no other polls. */
    private static List<OtherPolls> mapOtherPolls(ResultSet row) throws SQLException {
        Array purposes = row.getArray("purposes");
        if (purposes == null) {
            return List.of();
        }
        String[] names = (String[]) purposes.getArray();
        Long[] polls = (Long[]) row.getArray("other_polls").getArray();
        BigDecimal[] successRates =
                (BigDecimal[]) row.getArray("other_success_rates").getArray();
        Long[] medians = (Long[]) row.getArray("other_median_ms").getArray();
        Long[] p95s = (Long[]) row.getArray("other_p95_ms").getArray();
        return IntStream.range(0, names.length)
                .mapToObj(i -> new OtherPolls(
                        names[i], polls[i], AmountFormatter.stripZeros(successRates[i]), medians[i], p95s[i]))
                .toList();
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static BigDecimal seconds(long millis) {
        BigDecimal seconds = BigDecimal.valueOf(millis, MILLIS_SCALE).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }

    /** Removes user, password and query, because some trackers are polled with a key in the address. */
    private static @Nullable String redact(@Nullable String url) {
        return url == null ? null : url.replaceFirst("//[^/]*@", "//").replaceFirst("[?#].*$", "");
    }
}

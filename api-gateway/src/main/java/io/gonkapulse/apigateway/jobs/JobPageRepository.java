package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.http.DataVersionCache;
import io.gonkapulse.apigateway.http.DataVersionMonitor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads pages of jobs. */
@Repository
class JobPageRepository {

    /** Uses uq_job_sums: jumps from each bot to the next one. */
    static final String FIND_BOTS = """
            with recursive bots as (
                select min(bot_id) as bot_id
                  from audit.job_sums_api
                 union all
                select (select min(bot_id) from audit.job_sums_api where bot_id > bots.bot_id)
                  from bots
                 where bots.bot_id is not null)
            select bot_id
              from bots
             where strpos(lower(bot_id), :words) > 0
               and bot_id <> ''
             limit 1000
            """;

    /** Uses uq_job_sums. */
    static final String SUM_COUNTS =
            """
            select coalesce(sum(summed.n), 0)::bigint
              from @ranges
             cross join lateral (
                   select sum(@states) as n
                     from audit.job_sums_api
                    where @bot
                      and @is_wanted) summed
            """.replace("@ranges", SummedRange.ROWS).replace("@is_wanted", SummedRange.IS_WANTED);

    private static final int MAX_COUNTED = 10_000;

    /** Uses the indexes of the page; those with a state need no row of the table. */
    static final String COUNT_ROWS = """
            select count(*)
              from (select
                      from audit.jobs_api
                     where true@conditions
                     limit :limit) counted
            """;

    private static final int MAX_TOTALS = 1_000;

    private final QueryClient queryClient;
    private final JdbcClient client;
    private final JdbcClient countingClient;
    private final JobDayReader days;
    private final JobDetailsReader details;
    private final DataVersionCache<JobFilter, Long> totals;

    JobPageRepository(
            QueryClient queryClient,
            GatewayProperties properties,
            JobDayReader days,
            JobDetailsReader details,
            DataVersionMonitor dataVersion) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
        this.countingClient = queryClient.createJdbcClient(properties.rangeTimeout());
        this.days = days;
        this.details = details;
        this.totals = new DataVersionCache<>(dataVersion, MAX_TOTALS);
    }

    /**
     * Finds a page. Reads one row more than requested, to detect whether there is a next page.
     *
     * @param now up to which finished runs count for the expected end of running jobs
     */
    JobResponse.Page find(JobPageQuery query, Instant now) {
        JobFilter filter = query.filter();
        JobFilterSql sql = JobFilterSql.of(filter, findBots(filter));
        if (sql.matchesNothing()) {
            return new JobResponse.Page(List.of(), null, 0, false);
        }
        List<JobResponse> found = queryClient.runLookup(() -> findRows(query, sql));
        List<JobResponse> shown = found.stream().limit(query.limit()).toList();
        long total = query.after() == null && found.size() <= query.limit()
                ? found.size()
                : totals.find(filter, () -> count(filter, sql));
        return new JobResponse.Page(
                queryClient.runLookup(() -> details.addToPage(shown, now)),
                found.size() <= query.limit() ? null : cursorAfter(shown, query.sort()),
                filter.isCounted() ? total : Math.min(total, MAX_COUNTED),
                !filter.isCounted() && total > MAX_COUNTED);
    }

    private List<String> findBots(JobFilter filter) {
        return filter.searchText() == null
                ? List.of()
                : queryClient.runLookup(() -> client.sql(FIND_BOTS)
                        .param("words", filter.searchText())
                        .query(String.class)
                        .list());
    }

    private List<JobResponse> findRows(JobPageQuery query, JobFilterSql sql) {
        List<JobWindow> windows = days.findWindows(query);
        List<JobResponse> found = new ArrayList<>();
        for (JobWindow window : windows) {
            JobPageSql page = JobPageSql.of(query, sql, window);
            client.sql(page.text()).params(page.parameters()).query(JobRowMapper::mapListedJob).list().stream()
                    .limit(query.limit() + 1L - found.size())
                    .forEach(found::add);
            if (found.size() > query.limit()) {
                break;
            }
        }
        return found;
    }

    private static String cursorAfter(List<JobResponse> shown, JobSort sort) {
        JobResponse last = shown.get(shown.size() - 1);
        return new JobPageCursor(sort, Objects.requireNonNull(last.firstTime()), last.jobId()).encode();
    }

    private long count(JobFilter filter, JobFilterSql sql) {
        return queryClient.runRangeQuery(() -> filter.isCounted()
                ? countingClient
                        .sql(sumCounts(filter))
                        .params(sql.parameters())
                        .params(SummedRange.sqlParameters(SummedRange.split(0, filter.from(), filter.to())))
                        .query(Long.class)
                        .single()
                : countingClient
                        .sql(COUNT_ROWS.replace(
                                "@conditions",
                                filter.states().isEmpty() ? sql.all() : sql.all() + JobFilterSql.HAS_STATE))
                        .params(sql.parameters())
                        .param("limit", MAX_COUNTED + 1)
                        .query(Long.class)
                        .single());
    }

    /** The states are columns. */
    static String sumCounts(JobFilter filter) {
        List<String> states = filter.states().isEmpty() ? JobPageSql.STATES : filter.states();
        return SUM_COUNTS
                .replace("@states", String.join(" + ", states))
                .replace("@bot", filter.bot() == null ? "bot_id is null" : "bot_id = :bot");
    }
}

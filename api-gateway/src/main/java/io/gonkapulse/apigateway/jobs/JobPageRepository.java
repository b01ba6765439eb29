package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.http.DataVersionCache;
import io.gonkapulse.apigateway.http.DataVersionMonitor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads pages of jobs. */
@Repository
class JobPageRepository {

    static final List<String> STATES = List.of("canceled", "failed", "queued", "running", "succeeded");

    /** Uses idx_jobs_first_time, or the index of the bot, the creator, the parent or the ids. */
    static final String PAGE = """
            select *
              from audit.jobs_api
             where true@conditions
             order by @order
             limit :limit
            """;

    /**
     * Uses idx_jobs_bot_state_accepted, or idx_jobs_state_first_time. Each state is read in the order of the index, so
     * that a page needs its own rows only. For "state =", PostgreSQL would expect each state to be as frequent as the
     * others, and for a rare one read idx_jobs_first_time to its end; two bounds and an order by the state leave it no
     * other index.
     */
    static final String PAGE_BY_STATE = """
            select job.*
              from unnest(string_to_array(:states, ',')) wanted (state)
             cross join lateral (
                   select *
                     from audit.jobs_api
                    where state @wanted_state@conditions
                    order by state, @order
                    limit :limit) job
             order by @order
             limit :limit
            """;

    private static final String ONE_STATE = "between wanted.state and wanted.state";

    /**
     * Uses idx_jobs_bot_state_accepted: jumps from each bot to the next one. There are far fewer bots than jobs.
     */
    static final String FIND_BOTS = """
            with recursive bots as (
                (select bot_id
                   from audit.jobs_api
                  where bot_id is not null
                  order by bot_id
                  limit 1)
                 union all
                select (select bot_id
                          from audit.jobs_api
                         where bot_id > bots.bot_id
                         order by bot_id
                         limit 1)
                  from bots
                 where bots.bot_id is not null)
            select bot_id
              from bots
             where strpos(lower(bot_id), :words) > 0
             limit 1000
            """;

    /** Uses job_counts_pkey. */
    private static final String SUM_COUNTS = """
            select coalesce(sum(n), 0)
              from audit.job_counts_api
             where kind = 'accepted'@conditions
            """;

    private static final int MAX_COUNTED = 10_000;

    private static final String COUNT_ROWS = """
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
    private final JobDetailsReader details;
    private final DataVersionCache<JobFilter, Long> totals;

    JobPageRepository(
            QueryClient queryClient,
            GatewayProperties properties,
            JobDetailsReader details,
            DataVersionMonitor dataVersion) {
        this.queryClient = queryClient;
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
        this.countingClient = queryClient.createJdbcClient(properties.rangeTimeout());
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
        int rowLimit = query.limit() + 1;
        JobSort sort = query.sort();
        JobPageCursor after = query.after();
        if (!sort.isByAcceptance()) {
            return findRows(query.filter(), sort, sql, "", after, rowLimit);
        }
        List<JobResponse> found = new ArrayList<>();
        if (after == null || after.accepted()) {
            found.addAll(findRows(query.filter(), sort, sql, " and accepted_at is not null", after, rowLimit));
        }
        if (found.size() < rowLimit) {
            found.addAll(findRows(
                    query.filter(),
                    sort.withoutAcceptance(),
                    sql,
                    " and accepted_at is null",
                    after == null || after.accepted() ? null : after,
                    rowLimit - found.size()));
        }
        return found;
    }

    private List<JobResponse> findRows(
            JobFilter filter,
            JobSort sort,
            JobFilterSql sql,
            String acceptance,
            @Nullable JobPageCursor after,
            int limit) {
        Map<String, @Nullable Object> parameters = new HashMap<>(sql.parameters());
        parameters.put("limit", limit);
        if (after != null) {
            parameters.put("afterTime", after.time().atOffset(ZoneOffset.UTC));
            parameters.put("afterId", after.id());
        }
        if (readsByState(filter, sort) && filter.states().isEmpty()) {
            parameters.put("states", String.join(",", STATES));
        }
        return client.sql(buildStatement(filter, sort, sql.conditions() + acceptance, after != null))
                .params(parameters)
                .query(JobRowMapper::mapJob)
                .list();
    }

    /** Builds the statement that has an index for the filter and the order. */
    static String buildStatement(JobFilter filter, JobSort sort, String conditions, boolean hasCursor) {
        String all = hasCursor ? conditions + " and " + sort.afterCursor() : conditions;
        if (readsByState(filter, sort)) {
            // The lower bound follows from first_time <= accepted_at, and is a range of the index.
            String bounded = sort.isByAcceptance() && filter.from() != null ? all + " and accepted_at >= :from" : all;
            return PAGE_BY_STATE
                    .replace("@wanted_state", sort.isByAcceptance() ? "= wanted.state" : ONE_STATE)
                    .replace("@conditions", bounded)
                    .replace("@order", sort.orderBy());
        }
        return PAGE.replace("@conditions", filter.states().isEmpty() ? all : all + JobFilterSql.HAS_STATE)
                .replace("@order", sort.orderBy());
    }

    private static boolean readsByState(JobFilter filter, JobSort sort) {
        return sort.isByAcceptance() || (!filter.states().isEmpty() && !filter.isSelective());
    }

    private static String cursorAfter(List<JobResponse> shown, JobSort sort) {
        JobResponse last = shown.get(shown.size() - 1);
        boolean accepted = sort.isByAcceptance() && last.acceptedAt() != null;
        Instant time = Objects.requireNonNull(accepted ? last.acceptedAt() : last.firstTime());
        return new JobPageCursor(sort, accepted, time, last.jobId()).encode();
    }

    private long count(JobFilter filter, JobFilterSql sql) {
        String states = filter.states().isEmpty() ? "" : JobFilterSql.HAS_STATE;
        return queryClient.runRangeQuery(() -> filter.isCounted()
                ? countingClient
                        .sql(SUM_COUNTS.replace("@conditions", sql.countConditions() + states))
                        .params(sql.parameters())
                        .query(Long.class)
                        .single()
                : countingClient
                        .sql(COUNT_ROWS.replace("@conditions", sql.conditions() + states))
                        .params(sql.parameters())
                        .param("limit", MAX_COUNTED + 1)
                        .query(Long.class)
                        .single());
    }
}

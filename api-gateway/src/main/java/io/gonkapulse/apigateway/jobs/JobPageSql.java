package io.gonkapulse.apigateway.jobs;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a page. It reads jobs in the order of an index, so that a page needs its own rows only: the jobs of a
 * bot, of a creator or of some states state by state, because no index has an order over several states.
 */
record JobPageSql(String text, Map<String, @Nullable Object> parameters) {

    static final List<String> STATES = List.of("canceled", "failed", "queued", "running", "succeeded");

    /** What is in no list would make it long: results and stacks, and large objects of the job's owner. */
    private static final String PAGE = """
            select job_id, bot_id, state, first_time, accepted_at, started_at, finished_at, queue_ms, run_ms, total_ms,
                   duration_source, attempt, created_by_name, created_by_role, created_by_at, parent_id, trace,
                   case when octet_length(meta::text) > 1000
                        then jsonb_build_object('truncated', true, 'bytes', octet_length(meta::text))
                        else meta end as meta,
                   case when octet_length(progress::text) > 1000
                        then jsonb_build_object('truncated', true, 'bytes', octet_length(progress::text))
                        else progress end as progress,
                   error_name, left(error_message, 500) as error_message, cancel_requested_at, cancel_requested_by,
                   conflicting, bots_differ, lease_until, lost, origin, stages_listed,
                   succeeded_at, succeeded_source, failed_at,
                   failed_source, canceled_at, canceled_source, canceled_in_queue_at, canceled_in_queue_source
              from (select *
                      from (
            @sources) found
                     order by @page_order
                     limit :limit) page
             order by @page_order
            """;

    /** Uses idx_jobs_first_time, or jobs_pkey for the beginning of an id. */
    private static final String BY_TIME = """
                    (select *
                       from audit.jobs_api
                      where true@conditions
                      order by @order
                      limit :limit)
            """;

    /** Uses idx_jobs_parent, or with one state an index that begins with a bot, a creator or the state. */
    private static final String BY_KEY = BY_TIME.replace("@order", "@key_order");

    /** Uses idx_jobs_bot_state_first_time, idx_jobs_creator_state_first_time or idx_jobs_state_first_time. */
    private static final String BY_STATE = """
                    (select job.*
                       from unnest(string_to_array(:states, ',')) wanted (state)
                      cross join lateral (
                            select *
                              from audit.jobs_api
                             where state = wanted.state@conditions
                             order by @key_order
                             limit :limit) job)
            """;

    /** Uses idx_jobs_bot_state_first_time. */
    private static final String BY_BOT = """
                    (select job.*
                       from unnest(cast(:bots as text[])) searched (bot_id)
                      cross join unnest(string_to_array(:states, ',')) wanted (state)
                      cross join lateral (
                            select *
                              from audit.jobs_api
                             where bot_id = searched.bot_id
                               and state = wanted.state@conditions
                             order by @key_order
                             limit :limit) job)
            """;

    /**
     * Creates the statement.
     *
     * @param window null for all partitions
     */
    static JobPageSql of(JobPageQuery query, JobFilterSql sql, @Nullable JobWindow window) {
        JobFilter filter = query.filter();
        JobSort sort = query.sort();
        JobPageCursor after = query.after();
        String times = sql.times()
                + (after == null ? "" : " and " + sort.afterCursor())
                + (window == null ? "" : window.condition());
        String states = filter.states().isEmpty() ? "" : JobFilterSql.HAS_STATE;
        boolean named = filter.parent() != null || filter.bot() != null || filter.createdBy() != null;
        boolean byTime = !named && sql.searches().isEmpty() && filter.states().isEmpty();
        String sources;
        if (byTime) {
            sources = source(BY_TIME, times);
        } else if (filter.parent() != null) {
            sources = source(BY_KEY, sql.names() + times + states + sql.anySearch());
        } else if (!named && !sql.searches().isEmpty()) {
            sources = sql.searches().stream()
                    .map(search -> search.fewBots()
                            ? source(BY_BOT, times)
                            : source(BY_TIME, times + states + " and " + search.condition()))
                    .collect(Collectors.joining("         union all\n"));
        } else if (filter.states().size() == 1) {
            sources = source(BY_KEY, " and state = :states" + sql.names() + times + sql.anySearch());
        } else {
            sources = source(BY_STATE, sql.names() + times + sql.anySearch());
        }
        Map<String, @Nullable Object> parameters = new HashMap<>(sql.parameters());
        // One row more than requested shows whether there is a next page.
        parameters.put("limit", query.limit() + 1);
        if (window != null) {
            parameters.putAll(window.parameters());
        }
        if (after != null) {
            parameters.put("afterTime", after.time().atOffset(ZoneOffset.UTC));
            parameters.put("afterId", after.id());
        }
        return new JobPageSql(
                PAGE.replace("@sources", sources.stripTrailing())
                        .replace("@page_order", byTime ? sort.orderBy() : sort.orderByOfKey())
                        .replace("@order", sort.orderBy())
                        .replace("@key_order", sort.orderByOfKey()),
                parameters);
    }

    private static String source(String template, String conditions) {
        return template.replace("@conditions", conditions);
    }
}

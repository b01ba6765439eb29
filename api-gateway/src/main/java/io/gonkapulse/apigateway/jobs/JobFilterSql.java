package io.gonkapulse.apigateway.jobs;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a filter on {@code audit.jobs_api}, each after an "and". Only those that the filter has are in a
 * statement: a condition that also allows null could use no index.
 *
 * @param times on the time of a job
 * @param names on the parent, the bot and the creator
 * @param searches alternatives of the text that is searched for, which exclude each other; empty without a text
 */
record JobFilterSql(
        JobFilter filter,
        String times,
        String names,
        List<JobSearch> searches,
        Map<String, @Nullable Object> parameters) {

    static final String HAS_STATE = " and state = any (string_to_array(:states, ','))";

    /** The jobs of so many bots are found bot by bot; those of more are frequent among all jobs. */
    static final int MAX_SEARCHED_BOTS = 8;

    private static final String EMPTY_ID = "00000000-0000-0000-0000-000000000000";
    private static final String FULL_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    /**
     * Creates the conditions.
     *
     * @param matchingBots the bots whose id contains the text that is searched for
     */
    static JobFilterSql of(JobFilter filter, List<String> matchingBots) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("states", String.join(",", filter.states().isEmpty() ? JobPageSql.STATES : filter.states()));
        StringBuilder names = new StringBuilder();
        add(names, parameters, " and parent_id = :parent", "parent", filter.parent());
        add(names, parameters, " and bot_id = :bot", "bot", filter.bot());
        add(names, parameters, " and created_by_name = :createdBy", "createdBy", filter.createdBy());
        StringBuilder times = new StringBuilder();
        add(
                times,
                parameters,
                " and first_time >= :from",
                "from",
                filter.from() == null ? null : filter.from().atOffset(ZoneOffset.UTC));
        add(
                times,
                parameters,
                " and first_time < :to",
                "to",
                filter.to() == null ? null : filter.to().atOffset(ZoneOffset.UTC));
        List<JobSearch> searches =
                filter.searchText() == null ? List.of() : createSearches(filter.searchText(), matchingBots, parameters);
        return new JobFilterSql(filter, times.toString(), names.toString(), searches, parameters);
    }

    private static void add(
            StringBuilder conditions,
            Map<String, @Nullable Object> parameters,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.append(condition);
            parameters.put(name, value);
        }
    }

    /** Whether no job can match. */
    boolean matchesNothing() {
        return filter.searchText() != null && searches.isEmpty();
    }

    /** All conditions but those on states. */
    String all() {
        return names + times + anySearch();
    }

    /** The condition that one of the alternatives is true. */
    String anySearch() {
        return searches.isEmpty()
                ? ""
                : " and ("
                        + String.join(
                                " or ",
                                searches.stream().map(JobSearch::condition).toList()) + ")";
    }

    private static List<JobSearch> createSearches(
            String text, List<String> bots, Map<String, @Nullable Object> parameters) {
        List<JobSearch> searches = new ArrayList<>();
        if (!bots.isEmpty()) {
            searches.add(new JobSearch("bot_id = any (:bots)", bots.size() <= MAX_SEARCHED_BOTS));
            parameters.put("bots", bots.toArray(String[]::new));
        }
        UUID first = completeId(text, EMPTY_ID);
        UUID last = completeId(text, FULL_ID);
        if (first != null && last != null) {
            String others = bots.isEmpty() ? "" : " and (bot_id is null or bot_id <> all (:bots))";
            searches.add(new JobSearch("job_id between :firstId and :lastId" + others, false));
            parameters.put("firstId", first);
            parameters.put("lastId", last);
        }
        return searches;
    }

    /** Completes the beginning of an id; null if no id begins so. */
    private static @Nullable UUID completeId(String beginning, String rest) {
        if (beginning.length() > rest.length()) {
            return null;
        }
        String complete = beginning + rest.substring(beginning.length());
        for (int i = 0; i < complete.length(); i++) {
            boolean valid = rest.charAt(i) == '-'
                    ? complete.charAt(i) == '-'
                    : "0123456789abcdef".indexOf(complete.charAt(i)) >= 0;
            if (!valid) {
                return null;
            }
        }
        return UUID.fromString(complete);
    }

    /**
     * One alternative of the text that is searched for.
     *
     * @param fewBots whether the jobs are found bot by bot
     */
    record JobSearch(String condition, boolean fewBots) {}
}

package io.gonkapulse.apigateway.jobs;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a filter. Only those that the filter has are in the statement: a condition that also allows null
 * could use no index.
 *
 * @param template conditions without those on states, each after an "and"; {@code @time} is the time of a job
 */
record JobFilterSql(String template, Map<String, @Nullable Object> parameters, boolean matchesNothing) {

    static final String HAS_STATE = " and state = any (string_to_array(:states, ','))";

    private static final String EMPTY_ID = "00000000-0000-0000-0000-000000000000";
    private static final String FULL_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    /**
     * Creates the conditions.
     *
     * @param matchingBots the bots whose id contains the text that is searched for
     */
    static JobFilterSql of(JobFilter filter, List<String> matchingBots) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("states", String.join(",", filter.states()));
        StringBuilder conditions = new StringBuilder();
        if (filter.bot() != null) {
            conditions.append(" and bot_id = :bot");
            parameters.put("bot", filter.bot());
        }
        if (filter.createdBy() != null) {
            conditions.append(" and created_by_name = :createdBy");
            parameters.put("createdBy", filter.createdBy());
        }
        if (filter.parent() != null) {
            conditions.append(" and parent_id = :parent");
            parameters.put("parent", filter.parent());
        }
        if (filter.from() != null) {
            conditions.append(" and @time >= :from");
            parameters.put("from", filter.from().atOffset(ZoneOffset.UTC));
        }
        if (filter.to() != null) {
            conditions.append(" and @time < :to");
            parameters.put("to", filter.to().atOffset(ZoneOffset.UTC));
        }
        boolean matchesNothing =
                filter.searchText() != null && !addSearch(filter.searchText(), matchingBots, conditions, parameters);
        return new JobFilterSql(conditions.toString(), parameters, matchesNothing);
    }

    /** The conditions on rows of {@code audit.jobs_api}. */
    String conditions() {
        return template.replace("@time", "first_time");
    }

    /** The conditions on rows of {@code audit.job_counts_api}, for bounds that are quarter hours. */
    String countConditions() {
        return template.replace("@time", "bucket");
    }

    /** Returns whether any job may match. */
    private static boolean addSearch(
            String text, List<String> bots, StringBuilder conditions, Map<String, @Nullable Object> parameters) {
        UUID first = completeId(text, EMPTY_ID);
        UUID last = completeId(text, FULL_ID);
        if (first != null && last != null) {
            parameters.put("firstId", first);
            parameters.put("lastId", last);
        }
        if (!bots.isEmpty()) {
            parameters.put("bots", bots.toArray(String[]::new));
        }
        if (first != null && !bots.isEmpty()) {
            conditions.append(" and (bot_id = any (:bots) or job_id between :firstId and :lastId)");
        } else if (first != null) {
            conditions.append(" and job_id between :firstId and :lastId");
        } else if (!bots.isEmpty()) {
            conditions.append(" and bot_id = any (:bots)");
        }
        return first != null || !bots.isEmpty();
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
}

package io.gonkapulse.apigateway.jobs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request for metrics. Metrics are sums of whole quarter hours, so the bounds are, too.
 *
 * @param bot null for all bots
 * @param from null for no bound
 * @param to null for no bound
 */
record JobMetricsQuery(
        boolean byStage,
        @Nullable String bot,
        @Nullable Instant from,
        @Nullable Instant to) {

    static JobMetricsQuery of(boolean byStage, @Nullable String bot, @Nullable String from, @Nullable String to) {
        Instant first = from == null ? null : JobTimeParser.parseFrom(from, ZoneOffset.UTC);
        Instant last = to == null ? null : JobTimeParser.parseTo(to, ZoneOffset.UTC);
        JobTimeParser.requireOrder(first, last);
        return new JobMetricsQuery(
                byStage,
                bot,
                first == null ? null : JobTimeParser.startOfQuarterHour(first),
                last == null ? null : JobTimeParser.endOfQuarterHour(last));
    }

    /** The conditions of a statement, each after an "and". */
    String conditions() {
        return (bot == null ? "" : " and bot_id = :bot")
                + (from == null ? "" : " and bucket >= :from")
                + (to == null ? "" : " and bucket < :to");
    }

    Map<String, Object> sqlParameters() {
        Map<String, Object> parameters = new HashMap<>();
        if (bot != null) {
            parameters.put("bot", bot);
        }
        if (from != null) {
            parameters.put("from", from.atOffset(ZoneOffset.UTC));
        }
        if (to != null) {
            parameters.put("to", to.atOffset(ZoneOffset.UTC));
        }
        return parameters;
    }
}

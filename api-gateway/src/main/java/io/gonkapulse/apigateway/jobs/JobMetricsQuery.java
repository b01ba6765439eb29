package io.gonkapulse.apigateway.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request for metrics. Jobs are counted by quarter hours, durations and stages by days of UTC, so the
 * bounds are such.
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

    private static final Duration DAY = Duration.ofDays(1);

    static JobMetricsQuery of(boolean byStage, @Nullable String bot, @Nullable String from, @Nullable String to) {
        Instant first = from == null ? null : JobTimeParser.parseFrom(from, ZoneOffset.UTC);
        Instant last = to == null ? null : JobTimeParser.parseTo(to, ZoneOffset.UTC);
        JobTimeParser.requireOrder(first, last);
        Duration length = byStage ? DAY : JobTimeParser.QUARTER_HOUR;
        return new JobMetricsQuery(
                byStage,
                bot,
                first == null ? null : SummedRange.floor(first, length),
                last == null ? null : SummedRange.ceil(last, length));
    }

    /** The conditions on durations, each after an "and". */
    String durationConditions() {
        return (bot == null ? "" : " and bot_id = :bot")
                + (from == null ? "" : " and bucket >= :fromDay")
                + (to == null ? "" : " and bucket < :toDay");
    }

    Map<String, Object> durationParameters() {
        Map<String, Object> parameters = new HashMap<>();
        if (bot != null) {
            parameters.put("bot", bot);
        }
        if (from != null) {
            parameters.put("fromDay", SummedRange.floor(from, DAY).atOffset(ZoneOffset.UTC));
        }
        if (to != null) {
            parameters.put("toDay", SummedRange.ceil(to, DAY).atOffset(ZoneOffset.UTC));
        }
        return parameters;
    }
}

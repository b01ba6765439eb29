package io.gonkapulse.apigateway.jobs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response body of metrics.
 *
 * @param items those with most jobs or stages first
 * @param total number of all bots, or of all names of stages
 */
record JobMetricsResponse<T>(
        @Nullable Instant from, @Nullable Instant to, List<T> items, long total) {

    private static final int RATE_SCALE = 4;

    /** Divides and rounds; null for a divisor of zero. */
    private static @Nullable BigDecimal divide(long dividend, long divisor, int scale) {
        return divisor == 0
                ? null
                : BigDecimal.valueOf(dividend).divide(BigDecimal.valueOf(divisor), scale, RoundingMode.HALF_EVEN);
    }

    /** Whole milliseconds; null for a divisor of zero. */
    static @Nullable Long average(long sum, long number) {
        BigDecimal quotient = divide(sum, number, 0);
        return quotient == null ? null : quotient.longValueExact();
    }

    /** Zero to one; null for a divisor of zero. */
    static @Nullable BigDecimal rate(long part, long number) {
        BigDecimal rate = divide(part, number, RATE_SCALE);
        return rate == null
                ? null
                : rate.stripTrailingZeros()
                        .setScale(Math.max(0, rate.stripTrailingZeros().scale()));
    }

    /**
     * The jobs of a bot that were accepted in the range, by their present state, and the durations of those that ended in
     * it.
     *
     * @param measured ended jobs whose run the producer measured; the percentiles are theirs
     */
    record BotMetrics(
            @Nullable String botId,
            long total,
            long queued,
            long running,
            long succeeded,
            long failed,
            long canceled,
            @Nullable BigDecimal successRate,
            @Nullable Long avgQueueMs,
            @Nullable Long avgRunMs,
            long measured,
            @Nullable BigDecimal p50Ms,
            @Nullable BigDecimal p95Ms,
            @Nullable BigDecimal p99Ms) {}

    /** The stages of a name that ended in the range and whose duration the producer measured. */
    record StageMetrics(
            String name,
            long total,
            long succeeded,
            long failed,
            @Nullable BigDecimal successRate,
            @Nullable Long avgMs,
            @Nullable BigDecimal p50Ms,
            @Nullable BigDecimal p95Ms,
            @Nullable BigDecimal p99Ms) {}
}

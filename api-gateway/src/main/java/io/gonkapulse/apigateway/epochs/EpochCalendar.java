package io.gonkapulse.apigateway.epochs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the newest epochs were settled, and until when their rewards can be claimed. A statement reads it beside its
 * rows, in one column for each constant below. PostgreSQL runs such a subselect once, and only if a row needs it.
 */
public final class EpochCalendar {

    /**
     * A subselect of the deadlines of the newest epochs. A reward that is not claimed after two settlements is
     * forfeited, so older epochs have nothing to claim.
     */
    public static final String DEADLINES = """
            (select string_agg(
                        concat_ws(' ', epoch, claim_before_epoch,
                                  extract(epoch from date_trunc('second', claim_before_at))::bigint),
                        ',')
               from (select epoch, claim_before_epoch, claim_before_at
                       from epoch_calendar
                      order by epoch desc
                      limit 16) newest)""";

    /**
     * A subselect of the pairs of consecutive settlements that have days without a settlement between them, among the
     * newest {@code :epochs} epochs.
     */
    public static final String SETTLEMENT_GAPS = """
            (select string_agg(day_before || ' ' || day, ',')
               from (select epoch,
                            day,
                            lag(epoch) over (order by epoch) as epoch_before,
                            lag(day) over (order by epoch) as day_before
                       from (select epoch,
                                    (settled_at at time zone 'UTC')::date - date '1970-01-01' as day
                               from epoch_totals
                              where nodes > 0
                              order by epoch desc
                              limit :epochs) newest) paired
              where epoch_before = epoch - 1
                and day - day_before > 1)""";

    private final Map<Long, Deadline> deadlines;
    private final List<Gap> gaps;

    private EpochCalendar(Map<Long, Deadline> deadlines, List<Gap> gaps) {
        this.deadlines = deadlines;
        this.gaps = gaps;
    }

    /**
     * Parses the columns; null means that no row needed one.
     *
     * @param deadlines the value of {@link #DEADLINES}
     * @param gaps the value of {@link #SETTLEMENT_GAPS}
     */
    public static EpochCalendar parse(@Nullable String deadlines, @Nullable String gaps) {
        return new EpochCalendar(parseDeadlines(deadlines), parseGaps(gaps));
    }

    /** Until when the reward of an epoch can be claimed; null if unknown. */
    public @Nullable Deadline claimBefore(@Nullable Long epoch) {
        return epoch == null ? null : deadlines.get(epoch);
    }

    /**
     * Whether no epoch was settled on the day, because an epoch is longer than a day. False if a settlement may be
     * missing here.
     */
    public boolean isWithoutSettlement(LocalDate day) {
        long epochDay = day.toEpochDay();
        return gaps.stream().anyMatch(gap -> gap.after() < epochDay && epochDay < gap.before());
    }

    /** Why a day is provisional or has no reward, in the words of the API; null if there is nothing to explain. */
    public @Nullable String reason(LocalDate day, RewardDays.RewardSum rewards) {
        if (rewards.isUnclaimed()) {
            return "unclaimed";
        }
        return isWithoutSettlement(day) ? "no_settlement" : null;
    }

    private static Map<Long, Deadline> parseDeadlines(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        Map<Long, Deadline> deadlines = new HashMap<>();
        for (String entry : text.split(",", -1)) {
            String[] parts = entry.split(" ", -1);
            Instant at = parts.length > 2 ? Instant.ofEpochSecond(Long.parseLong(parts[2])) : null;
            deadlines.put(Long.valueOf(parts[0]), new Deadline(Long.parseLong(parts[1]), at));
        }
        return deadlines;
    }

    private static List<Gap> parseGaps(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        List<Gap> gaps = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            String[] parts = entry.split(" ", -1);
            gaps.add(new Gap(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
        }
        return gaps;
    }

    /**
     * The end of the time in which a reward can be claimed.
     *
     * @param epoch the first epoch in which it is too late
     * @param at when that epoch begins, estimated unless it is past; null if unknown
     */
    public record Deadline(long epoch, @Nullable Instant at) {

        /** The epoch for a table; null without a deadline. */
        public static @Nullable Long epochOf(@Nullable Deadline deadline) {
            return deadline == null ? null : deadline.epoch;
        }

        /** The time for a table; null without a deadline. */
        public static @Nullable Instant timeOf(@Nullable Deadline deadline) {
            return deadline == null ? null : deadline.at;
        }
    }

    /** The days of two consecutive settlements, as days since 1970. */
    private record Gap(long after, long before) {}
}

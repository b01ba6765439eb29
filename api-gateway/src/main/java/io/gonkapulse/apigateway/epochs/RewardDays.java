package io.gonkapulse.apigateway.epochs;

import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rewards of a node, or of all nodes, that are unclaimed or forfeited, by day. An unclaimed reward belongs to the
 * day of its settlement, a forfeited one to the day on which it was forfeited.
 */
public final class RewardDays {

    /** Aggregates unclaimed rows of epoch_settlements. */
    public static final String UNCLAIMED_ENTRIES = """
            string_agg(
                concat_ws(' ', settled_on - date '1970-01-01', rewarded, case when rewarded > 0 then epoch end),
                ',')""";

    /** A select of the unclaimed rewards of {@code @node}. Uses idx_settlements_unclaimed: up to three rows. */
    public static final String UNCLAIMED = """
            select %s
              from epoch_settlements
             where node_id = @node
               and claim = 'unclaimed'""".formatted(UNCLAIMED_ENTRIES);

    /** A select of the forfeited rewards of {@code @node}. Uses idx_settlements_node_forfeited_on. */
    public static final String FORFEITED = """
            select string_agg(concat_ws(' ', forfeited_on - date '1970-01-01', rewarded), ',')
              from epoch_settlements
             where node_id = @node
               and forfeited_on is not null""";

    private static final int PARTS_WITH_EPOCH = 3;

    private final TreeMap<LocalDate, RewardSum> days = new TreeMap<>();

    private RewardDays() {}

    /**
     * Parses entries that are separated by commas; null means that there are none.
     *
     * @param unclaimed a day since 1970, an amount, and the epoch if there is something to claim
     * @param forfeited a day since 1970 and an amount
     */
    public static RewardDays parse(@Nullable String unclaimed, @Nullable String forfeited) {
        RewardDays rewards = new RewardDays();
        if (unclaimed != null) {
            for (String entry : unclaimed.split(",", -1)) {
                String[] parts = entry.split(" ", -1);
                Long epoch = parts.length == PARTS_WITH_EPOCH ? Long.valueOf(parts[2]) : null;
                rewards.add(parts[0], new RewardSum(Ngonka.parse(parts[1]), Ngonka.ZERO, epoch));
            }
        }
        if (forfeited != null) {
            for (String entry : forfeited.split(",", -1)) {
                String[] parts = entry.split(" ", -1);
                rewards.add(parts[0], new RewardSum(Ngonka.ZERO, Ngonka.parse(parts[1]), null));
            }
        }
        return rewards;
    }

    private void add(String epochDay, RewardSum reward) {
        days.merge(LocalDate.ofEpochDay(Long.parseLong(epochDay)), reward, RewardSum::plus);
    }

    /** The sum of a range of days, both ends included. */
    public RewardSum sum(LocalDate from, LocalDate to) {
        return days.isEmpty()
                ? RewardSum.NONE
                : days.subMap(from, true, to, true).values().stream().reduce(RewardSum.NONE, RewardSum::plus);
    }

    public RewardSum sum() {
        return days.values().stream().reduce(RewardSum.NONE, RewardSum::plus);
    }

    /** The days of a range that have rewards. */
    public Set<LocalDate> days(LocalDate from, LocalDate to) {
        return days.entrySet().stream()
                .filter(day -> !day.getKey().isBefore(from) && !day.getKey().isAfter(to))
                .filter(day -> !day.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * Rewards of some days.
     *
     * @param unclaimedEpoch the oldest epoch with something to claim; null if there is none
     */
    public record RewardSum(
            Ngonka unclaimed, Ngonka forfeited, @Nullable Long unclaimedEpoch) {

        static final RewardSum NONE = new RewardSum(Ngonka.ZERO, Ngonka.ZERO, null);

        private RewardSum plus(RewardSum other) {
            return new RewardSum(
                    unclaimed.plus(other.unclaimed),
                    forfeited.plus(other.forfeited),
                    oldest(unclaimedEpoch, other.unclaimedEpoch));
        }

        public boolean isUnclaimed() {
            return unclaimed.amount().signum() != 0;
        }

        public boolean isEmpty() {
            return !isUnclaimed() && forfeited.amount().signum() == 0;
        }

        private static @Nullable Long oldest(@Nullable Long one, @Nullable Long other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            return Math.min(one, other);
        }
    }
}

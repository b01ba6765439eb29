package io.gonkapulse.apigateway.nodes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gonkapulse.apigateway.epochs.EpochCalendar;
import io.gonkapulse.apigateway.epochs.RewardDays.RewardSum;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.nodes.NodeRepository.NodeEarningsHistory;
import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The response body for one node: the node and its earnings. */
record NodeDetailsResponse(@JsonUnwrapped NodeResponse node, Earnings earnings) {

    private static final int WEEK = 7;
    private static final int MONTH = 30;

    static NodeDetailsResponse of(NodeEarningsHistory history) {
        return new NodeDetailsResponse(history.node(), Earnings.of(history));
    }

    /** @param claimBefore of the oldest unclaimed reward; null if there is none */
    record Earnings(
            String today,
            String todayNgonka,
            String last7Days,
            String last7DaysNgonka,
            String last30Days,
            String last30DaysNgonka,
            String total,
            String totalNgonka,
            String unclaimed,
            String unclaimedNgonka,
            String forfeited,
            String forfeitedNgonka,
            EpochCalendar.@Nullable Deadline claimBefore,
            @Nullable LocalDate historyStart,
            List<Day> history) {

        private static Earnings of(NodeEarningsHistory history) {
            Ngonka today = history.sumOfLastDays(1);
            Ngonka week = history.sumOfLastDays(WEEK);
            Ngonka month = history.sumOfLastDays(MONTH);
            RewardSum rewards = history.rewards().sum();
            return new Earnings(
                    AmountFormatter.formatGnk(today),
                    today.toString(),
                    AmountFormatter.formatGnk(week),
                    week.toString(),
                    AmountFormatter.formatGnk(month),
                    month.toString(),
                    AmountFormatter.formatGnk(history.total()),
                    history.total().toString(),
                    AmountFormatter.formatGnk(rewards.unclaimed()),
                    rewards.unclaimed().toString(),
                    AmountFormatter.formatGnk(rewards.forfeited()),
                    rewards.forfeited().toString(),
                    history.calendar().claimBefore(rewards.unclaimedEpoch()),
                    history.historyStart(),
                    Day.listOf(history));
        }
    }

    /**
     * A day of the last thirty.
     *
     * @param state provisional while its reward is unclaimed, whatever the stored state is
     * @param reason why the day is provisional or empty; null if there is nothing to explain
     */
    record Day(
            LocalDate date,
            String earningsGnk,
            String earningsNgonka,
            String unclaimedNgonka,
            String forfeitedNgonka,
            EpochCalendar.@Nullable Deadline claimBefore,
            @Nullable String source,
            List<String> sources,
            @Nullable String state,
            @Nullable String reason) {

        /** Days that have only unclaimed or forfeited rewards have no row, but they belong to the history. */
        private static List<Day> listOf(NodeEarningsHistory history) {
            TreeMap<LocalDate, NodeEarningsHistory.Day> days = new TreeMap<>();
            history.rewards()
                    .days(history.today().minusDays(MONTH - 1L), history.today())
                    .forEach(date -> days.put(date, new NodeEarningsHistory.Day(date, Ngonka.ZERO, null, null)));
            history.days().forEach(day -> days.put(day.date(), day));
            return days.values().stream().map(day -> of(day, history)).toList();
        }

        private static Day of(NodeEarningsHistory.Day day, NodeEarningsHistory history) {
            RewardSum rewards = history.rewards().sum(day.date(), day.date());
            return new Day(
                    day.date(),
                    AmountFormatter.formatGnk(day.earnings()),
                    day.earnings().toString(),
                    rewards.unclaimed().toString(),
                    rewards.forfeited().toString(),
                    history.calendar().claimBefore(rewards.unclaimedEpoch()),
                    day.source(),
                    day.source() == null ? List.of() : List.of(day.source()),
                    rewards.isUnclaimed() ? "provisional" : day.state(),
                    history.calendar().reason(day.date(), rewards));
        }
    }
}

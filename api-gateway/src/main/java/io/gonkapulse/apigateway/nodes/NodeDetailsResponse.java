package io.gonkapulse.apigateway.nodes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response body for one node: the node and its earnings. */
record NodeDetailsResponse(@JsonUnwrapped NodeResponse node, Earnings earnings) {

    private static final int WEEK = 7;
    private static final int MONTH = 30;

    static NodeDetailsResponse of(NodeRepository.NodeEarningsHistory history) {
        return new NodeDetailsResponse(history.node(), Earnings.of(history));
    }

    record Earnings(
            String today,
            String todayNgonka,
            String last7Days,
            String last7DaysNgonka,
            String last30Days,
            String last30DaysNgonka,
            String total,
            String totalNgonka,
            List<Day> history) {

        private static Earnings of(NodeRepository.NodeEarningsHistory history) {
            Ngonka today = history.sumOfLastDays(1);
            Ngonka week = history.sumOfLastDays(WEEK);
            Ngonka month = history.sumOfLastDays(MONTH);
            return new Earnings(
                    AmountFormatter.formatGnk(today),
                    today.toString(),
                    AmountFormatter.formatGnk(week),
                    week.toString(),
                    AmountFormatter.formatGnk(month),
                    month.toString(),
                    AmountFormatter.formatGnk(history.total()),
                    history.total().toString(),
                    history.days().stream().map(Day::of).toList());
        }
    }

    record Day(
            LocalDate date,
            String earningsGnk,
            String earningsNgonka,
            @Nullable String source,
            String state) {

        private static Day of(NodeRepository.NodeEarningsHistory.Day day) {
            return new Day(
                    day.date(),
                    AmountFormatter.formatGnk(day.earnings()),
                    day.earnings().toString(),
                    day.source(),
                    day.state());
        }
    }
}

package io.gonkapulse.apigateway.nodes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gonkapulse.apigateway.web.Amounts;
import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node and its earnings as the API shows them. */
record NodeDetails(@JsonUnwrapped Node node, Earnings earnings) {

    private static final int WEEK = 7;
    private static final int MONTH = 30;

    static NodeDetails of(NodeHistory history) {
        return new NodeDetails(Node.of(history.node()), Earnings.of(history));
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

        private static Earnings of(NodeHistory history) {
            Ngonka today = history.last(1);
            Ngonka week = history.last(WEEK);
            Ngonka month = history.last(MONTH);
            return new Earnings(
                    Amounts.gnk(today),
                    today.toString(),
                    Amounts.gnk(week),
                    week.toString(),
                    Amounts.gnk(month),
                    month.toString(),
                    Amounts.gnk(history.total()),
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

        private static Day of(NodeHistory.Day day) {
            return new Day(
                    day.date(), Amounts.gnk(day.earnings()), day.earnings().toString(), day.source(), day.state());
        }
    }
}

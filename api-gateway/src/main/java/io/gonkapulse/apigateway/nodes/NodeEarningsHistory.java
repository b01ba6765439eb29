package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node with its earnings.
 *
 * @param total of all days
 * @param days of the last thirty days, oldest first; days without a row are missing
 */
record NodeEarningsHistory(NodeResponse node, Ngonka total, List<Day> days, LocalDate today) {

    record Day(LocalDate date, Ngonka earnings, @Nullable String source, String state) {}

    /** The sum of the last {@code count} days, including today. */
    Ngonka sumOfLastDays(int count) {
        LocalDate before = today.minusDays(count);
        return days.stream()
                .filter(day -> day.date().isAfter(before))
                .map(Day::earnings)
                .reduce(Ngonka.ZERO, Ngonka::plus);
    }
}

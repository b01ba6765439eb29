package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node with what it earned.
 *
 * @param total of all days
 * @param days those of the last thirty that have a row, oldest first
 */
record NodeEarningsHistory(NodeRow node, Ngonka total, List<Day> days, LocalDate today) {

    record Day(LocalDate date, Ngonka earnings, @Nullable String source, String state) {}

    /** Of the last so many days, today included. */
    Ngonka sumOfLastDays(int count) {
        LocalDate before = today.minusDays(count);
        return days.stream()
                .filter(day -> day.date().isAfter(before))
                .map(Day::earnings)
                .reduce(Ngonka.ZERO, Ngonka::plus);
    }
}

package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.RequestParameterReader;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an earnings request.
 *
 * @param identifier null for the sum over all nodes
 * @param fill whether to return buckets without earnings, too
 */
record EarningsQuery(@Nullable String identifier, DayRange range, EarningsInterval interval, boolean fill) {

    static EarningsQuery of(@Nullable String identifier, HttpServletRequest request, LocalDate today) {
        RequestParameterReader parameters = RequestParameterReader.of(request, "from", "to", "interval", "fill");
        return new EarningsQuery(
                identifier == null ? null : RequestParameterReader.requireValidText("identifier", identifier),
                DayRange.of(parameters, today),
                EarningsInterval.parse(parameters.choice("interval", EarningsInterval.CHOICES, "day")),
                parameters.flag("fill"));
    }

    /** The identifier of a query for one node. */
    String requireIdentifier() {
        return Objects.requireNonNull(identifier);
    }

    /** True if one statement can run both queries: they differ in the node only. */
    boolean hasSameDays(EarningsQuery other) {
        return interval == other.interval && range.equals(other.range);
    }

    /** Removes buckets without earnings, or adds the missing ones if {@code fill} is set. */
    List<EarningsBucket> fillOrOmitEmpty(List<EarningsBucket> found) {
        if (!fill) {
            return found.stream().filter(EarningsBucket::hasEarnings).toList();
        }
        Map<LocalDate, EarningsBucket> known =
                found.stream().collect(Collectors.toMap(EarningsBucket::date, Function.identity()));
        return interval.startDates(range)
                .map(date -> known.getOrDefault(date, EarningsBucket.empty(date, identifier == null)))
                .toList();
    }
}

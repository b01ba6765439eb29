package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.http.CachedQuery;
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
 * Whose earnings, of which days, put together how.
 *
 * @param identifier null for all nodes together
 * @param fill whether buckets without earnings are wanted too
 */
record EarningsQuery(@Nullable String identifier, DayRange range, EarningsInterval interval, boolean fill)
        implements CachedQuery<List<EarningsBucket>> {

    static EarningsQuery of(@Nullable String identifier, HttpServletRequest request, LocalDate today) {
        RequestParameterReader parameters = RequestParameterReader.of(request, "from", "to", "interval", "fill");
        return new EarningsQuery(
                identifier == null ? null : RequestParameterReader.requireValidText("identifier", identifier),
                DayRange.of(parameters, today),
                EarningsInterval.parse(parameters.choice("interval", EarningsInterval.CHOICES, "day")),
                parameters.flag("fill"));
    }

    /** Refuses to be of all. */
    String requireIdentifier() {
        return Objects.requireNonNull(identifier);
    }

    /** Whatever their nodes. */
    boolean hasSameDays(EarningsQuery other) {
        return interval == other.interval && range.equals(other.range);
    }

    /** Leaves out what has no earnings, or puts in what is missing. */
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

package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.web.DayRange;
import io.gonkapulse.apigateway.web.Question;
import io.gonkapulse.apigateway.web.RequestParameters;
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
record EarningsQuestion(@Nullable String identifier, DayRange range, Interval interval, boolean fill)
        implements Question<List<Bucket>> {

    static EarningsQuestion of(@Nullable String identifier, HttpServletRequest request, LocalDate today) {
        RequestParameters parameters = RequestParameters.of(request, "from", "to", "interval", "fill");
        return new EarningsQuestion(
                identifier == null ? null : RequestParameters.checked("identifier", identifier),
                DayRange.of(parameters, today),
                Interval.parse(parameters.choice("interval", Interval.CHOICES, "day")),
                parameters.flag("fill"));
    }

    /** Refuses to be of all. */
    String node() {
        return Objects.requireNonNull(identifier);
    }

    /** Whatever their nodes. */
    boolean isOfTheSameDays(EarningsQuestion other) {
        return interval == other.interval && range.equals(other.range);
    }

    /** Leaves out what has no earnings, or puts in what is missing. */
    List<Bucket> shaped(List<Bucket> found) {
        if (!fill) {
            return found.stream().filter(Bucket::earned).toList();
        }
        Map<LocalDate, Bucket> known = found.stream().collect(Collectors.toMap(Bucket::date, Function.identity()));
        return interval.starts(range)
                .map(date -> known.getOrDefault(date, Bucket.empty(date, identifier == null)))
                .toList();
    }
}

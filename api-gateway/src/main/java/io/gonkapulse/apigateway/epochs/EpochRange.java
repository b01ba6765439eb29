package io.gonkapulse.apigateway.epochs;

import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.ParameterRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The range of a request for epochs: each end is an epoch, or the UTC day of its settlement, or open.
 *
 * @param fromEpoch the first epoch; null if the range begins with a day or is open
 * @param toEpoch the last epoch; null if the range ends with a day or is open
 */
record EpochRange(
        @Nullable Long fromEpoch,
        @Nullable LocalDate fromDay,
        @Nullable Long toEpoch,
        @Nullable LocalDate toDay) {

    private static final String EPOCH_PATTERN = "[0-9]{1,15}";

    /** Parses the parameters. A last day from today on includes the running epoch. */
    static EpochRange parse(@Nullable String from, @Nullable String to, LocalDate currentDay) {
        LocalDate toDay = parseDay("to", to);
        EpochRange range = new EpochRange(
                parseEpoch(from),
                parseDay("from", from),
                parseEpoch(to),
                toDay == null || toDay.isBefore(currentDay) ? toDay : null);
        if (isAfter(range.fromEpoch, range.toEpoch) || isAfter(range.fromDay, toDay)) {
            throw ApiException.badParameter("from", "from: expected not after to (" + to + "), got " + from);
        }
        return range;
    }

    boolean hasDays() {
        return fromDay != null || toDay != null;
    }

    private static @Nullable Long parseEpoch(@Nullable String text) {
        return text != null && text.matches(EPOCH_PATTERN) ? Long.valueOf(text) : null;
    }

    private static @Nullable LocalDate parseDay(String name, @Nullable String text) {
        return text == null || text.matches(EPOCH_PATTERN) ? null : RequestParameterParser.parseDay(name, text);
    }

    private static <T extends Comparable<? super T>> boolean isAfter(@Nullable T from, @Nullable T to) {
        return from != null && to != null && from.compareTo(to) > 0;
    }

    /** An epoch such as 436, or a day such as 2026-01-31. */
    static final class EpochOrDayRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            parseDay(parameter, value);
        }
    }
}

package io.gonkapulse.apigateway.http;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A range of UTC days, both ends included. */
public record DayRange(LocalDate from, LocalDate to) {

    static final int MAX_DAYS = 1_830;
    private static final int DEFAULT_DAYS = 30;

    /**
     * Parses the parameter {@code to}. The range begins on the first day of a bucket, so that the first bucket is whole.
     *
     * @param bucketStart returns the first day of the bucket of a day
     */
    public static DayRange parseTo(@Nullable String toText, LocalDate today, UnaryOperator<LocalDate> bucketStart) {
        DayRange days = parse(null, toText, today);
        return new DayRange(bucketStart.apply(days.from), days.to);
    }

    /** Parses the parameters {@code from} and {@code to}. Without them the range is the last 30 days. */
    public static DayRange parse(@Nullable String fromText, @Nullable String toText, LocalDate today) {
        LocalDate to = toText == null ? today : RequestParameterParser.parseDay("to", toText);
        LocalDate from =
                fromText == null ? to.minusDays(DEFAULT_DAYS - 1L) : RequestParameterParser.parseDay("from", fromText);
        if (from.isAfter(to)) {
            throw ApiException.badParameter("from", "from: expected a day not after to (" + to + "), got " + from);
        }
        if (ChronoUnit.DAYS.between(from, to) >= MAX_DAYS) {
            throw ApiException.badParameter(
                    "from", "from: expected at most " + MAX_DAYS + " days before to (" + to + "), got " + from);
        }
        return new DayRange(from, to);
    }
}

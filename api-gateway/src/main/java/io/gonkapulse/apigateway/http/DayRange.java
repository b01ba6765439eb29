package io.gonkapulse.apigateway.http;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** A range of UTC days, both ends included. */
public record DayRange(LocalDate from, LocalDate to) {

    static final int MAX_DAYS = 1_830;
    private static final int DEFAULT_DAYS = 30;

    /** Reads {@code from} and {@code to}. The default is the last 30 days. */
    public static DayRange of(RequestParameterReader parameters, LocalDate today) {
        LocalDate to = parameters.day("to", today);
        LocalDate from = parameters.day("from", to.minusDays(DEFAULT_DAYS - 1L));
        if (from.isAfter(to)) {
            throw new BadParameterException("from", "from: expected a day not after to (" + to + "), got " + from);
        }
        if (ChronoUnit.DAYS.between(from, to) >= MAX_DAYS) {
            throw new BadParameterException(
                    "from", "from: expected at most " + MAX_DAYS + " days before to (" + to + "), got " + from);
        }
        return new DayRange(from, to);
    }
}

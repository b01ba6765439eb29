package io.gonkapulse.quickstart;

import java.time.LocalDate;

/** Days whose rewards are all claimed or forfeited, so that their totals no longer change. */
record ClosedDays(LocalDate from, LocalDate to) {

    static ClosedDays of(LocalDate today) {
        return new ClosedDays(today.minusDays(25), today.minusDays(5));
    }

    String query() {
        return "?from=" + from + "&to=" + to;
    }

    String total(QuickstartApiClient api) {
        return api.get("/api/v1/earnings" + query()).get("totalNgonka").asString();
    }
}

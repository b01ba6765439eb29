package io.gonkapulse.quickstart;

import java.time.LocalDate;

/** Days so long ago that every reward of theirs was claimed or forfeited: whoever asks gets the same, always. */
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

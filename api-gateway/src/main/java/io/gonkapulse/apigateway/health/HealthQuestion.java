package io.gonkapulse.apigateway.health;

import io.gonkapulse.apigateway.web.DayRange;
import io.gonkapulse.apigateway.web.Question;
import io.gonkapulse.apigateway.web.RequestParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;

/** Whose health, on which days. */
record HealthQuestion(String identifier, DayRange range) implements Question<List<HourRow>> {

    static HealthQuestion of(String identifier, HttpServletRequest request, LocalDate today) {
        return new HealthQuestion(
                RequestParameters.checked("identifier", identifier),
                DayRange.of(RequestParameters.of(request, "from", "to"), today));
    }
}

package io.gonkapulse.apigateway.health;

import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.RequestParameterReader;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;

/** The parameters of a health request. */
record NodeHealthQuery(String identifier, DayRange range) {

    static NodeHealthQuery of(String identifier, HttpServletRequest request, LocalDate today) {
        return new NodeHealthQuery(
                RequestParameterReader.requireValidText("identifier", identifier),
                DayRange.of(RequestParameterReader.of(request, "from", "to"), today));
    }
}

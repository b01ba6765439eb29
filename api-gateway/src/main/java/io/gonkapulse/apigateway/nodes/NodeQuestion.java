package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.web.Question;
import io.gonkapulse.apigateway.web.RequestParameters;
import java.time.LocalDate;

/** Which node, and which day is today. */
record NodeQuestion(String identifier, LocalDate today) implements Question<NodeHistory> {

    static NodeQuestion of(String identifier, LocalDate today) {
        return new NodeQuestion(RequestParameters.checked("identifier", identifier), today);
    }

    boolean isOfTheSameDay(NodeQuestion other) {
        return today.equals(other.today);
    }
}

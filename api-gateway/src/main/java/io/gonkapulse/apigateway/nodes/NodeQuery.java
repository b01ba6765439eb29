package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.RequestParameterReader;
import java.time.LocalDate;

/** The identifier of a node, and the current day, which ends the history. */
record NodeQuery(String identifier, LocalDate today) {

    static NodeQuery of(String identifier, LocalDate today) {
        return new NodeQuery(RequestParameterReader.requireValidText("identifier", identifier), today);
    }

    boolean hasSameDay(NodeQuery other) {
        return today.equals(other.today);
    }
}

package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.CachedQuery;
import io.gonkapulse.apigateway.http.RequestParameterReader;
import java.time.LocalDate;

/** Which node, and which day is today. */
record NodeQuery(String identifier, LocalDate today) implements CachedQuery<NodeEarningsHistory> {

    static NodeQuery of(String identifier, LocalDate today) {
        return new NodeQuery(RequestParameterReader.requireValidText("identifier", identifier), today);
    }

    boolean hasSameDay(NodeQuery other) {
        return today.equals(other.today);
    }
}

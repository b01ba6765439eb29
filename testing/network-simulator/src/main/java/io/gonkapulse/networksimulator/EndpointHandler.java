package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.http.RequestHead;
import java.util.Optional;
import java.util.Set;

/** The routes of one type of tracker API behind an endpoint. */
interface EndpointHandler {

    /** 18 digits always fit into a long. */
    int MAX_DIGITS = 18;

    EndpointResponse respond(RequestHead request, Set<EndpointFault> faults);

    /** Parses a whole number of a path, query or header. Returns empty unless it is digits with an optional minus. */
    static Optional<Long> parseNumber(String text) {
        boolean digits = text.length() <= MAX_DIGITS && text.matches("-?[0-9]+");
        return digits ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}

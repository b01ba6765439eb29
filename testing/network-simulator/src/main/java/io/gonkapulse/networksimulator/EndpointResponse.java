package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.api.JsonDocumentWriter;
import java.util.Map;
import java.util.function.Consumer;

/** A response whose body is written later, directly to the connection. */
record EndpointResponse(
        EndpointRoute route, int status, Map<String, String> headers, Consumer<JsonDocumentWriter> body) {

    static EndpointResponse ok(EndpointRoute route, Consumer<JsonDocumentWriter> body) {
        return new EndpointResponse(route, 200, Map.of(), body);
    }

    static EndpointResponse error(EndpointRoute route, int status, Consumer<JsonDocumentWriter> body) {
        return new EndpointResponse(route, status, Map.of(), body);
    }

    /** Replaces all other headers. */
    EndpointResponse withHeader(String header, String value) {
        return new EndpointResponse(route, status, Map.of(header, value), body);
    }
}

package io.gonkapulse.networksimulator.http;

import java.util.Map;
import java.util.Optional;

/** The request line and headers of a request. Header names are in lower case. */
public record RequestHead(
        String method, String target, String path, Map<String, String> query, Map<String, String> headers) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }
}

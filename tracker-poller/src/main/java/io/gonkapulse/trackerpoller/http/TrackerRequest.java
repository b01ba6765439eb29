package io.gonkapulse.trackerpoller.http;

import java.util.HashMap;
import java.util.Map;

/**
 * A GET request.
 *
 * @param path path and query, relative to the address; begins with a slash
 * @param revalidating whether the last response is cached and revalidated with its ETag or Last-Modified
 */
public record TrackerRequest(String path, Map<String, String> headers, boolean revalidating) {

    public TrackerRequest {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("Expected a path that begins with a slash, got \"" + path + '"');
        }
        headers = Map.copyOf(headers);
    }

    public static TrackerRequest get(String path) {
        return new TrackerRequest(path, Map.of(), false);
    }

    public TrackerRequest withHeader(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new TrackerRequest(path, more, revalidating);
    }

    /** For requests that every poll repeats. */
    public TrackerRequest withRevalidation() {
        return new TrackerRequest(path, headers, true);
    }
}

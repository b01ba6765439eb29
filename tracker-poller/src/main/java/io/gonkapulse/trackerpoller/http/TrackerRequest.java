package io.gonkapulse.trackerpoller.http;

import java.util.HashMap;
import java.util.Map;

/**
 * A GET.
 *
 * @param path what follows the address of the site, with its query; begins with a slash
 * @param revalidating whether the last answer to the same question is kept, so that the site need not send it again when
 *     it has not changed
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

    /** For what is asked again and again. */
    public TrackerRequest withRevalidation() {
        return new TrackerRequest(path, headers, true);
    }
}

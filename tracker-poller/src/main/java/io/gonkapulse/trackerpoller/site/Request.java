package io.gonkapulse.trackerpoller.site;

import java.util.HashMap;
import java.util.Map;

/**
 * A GET.
 *
 * @param path what follows the address of the site, with its query; begins with a slash
 * @param revalidating whether the last answer to the same question is kept, so that the site need not send it again when
 *     it has not changed
 */
public record Request(String path, Map<String, String> headers, boolean revalidating) {

    public Request {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("Expected a path that begins with a slash, got \"" + path + '"');
        }
        headers = Map.copyOf(headers);
    }

    public static Request get(String path) {
        return new Request(path, Map.of(), false);
    }

    public Request with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Request(path, more, revalidating);
    }

    /** For what is asked again and again. */
    public Request keeping() {
        return new Request(path, headers, true);
    }
}

package io.gonkapulse.trackerpoller.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last response to a request that is repeated with every poll. Valid for as long as the server says 304 to its
 * validators.
 */
final class CachedTrackerResponse {

    /** Small enough to stay in memory for every tracker. */
    private static final int MAX_BYTES = 1 << 20;

    private final TrackerRequest request;
    private final @Nullable String etag;
    private final @Nullable String lastModified;
    private final RawResponse response;

    private CachedTrackerResponse(
            TrackerRequest request, @Nullable String tag, @Nullable String modified, RawResponse fetched) {
        this.request = request;
        this.etag = tag;
        this.lastModified = modified;
        this.response = fetched;
    }

    /** Empty when the response is too large or has no validator. */
    static Optional<CachedTrackerResponse> ifCacheable(TrackerRequest request, RawResponse fetched) {
        String tag = fetched.headers().firstValue("etag").orElse(null);
        String modified = fetched.headers().firstValue("last-modified").orElse(null);
        boolean cacheable =
                request.revalidating() && fetched.body().size() <= MAX_BYTES && (tag != null || modified != null);
        return cacheable ? Optional.of(new CachedTrackerResponse(request, tag, modified, fetched)) : Optional.empty();
    }

    boolean matches(TrackerRequest other) {
        return request.equals(other);
    }

    RawResponse response() {
        return response;
    }

    Map<String, String> conditionalHeaders() {
        Map<String, String> headers = new HashMap<>();
        if (etag != null) {
            headers.put("If-None-Match", etag);
        }
        if (lastModified != null) {
            headers.put("If-Modified-Since", lastModified);
        }
        return headers;
    }
}

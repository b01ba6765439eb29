package io.gonkapulse.trackerpoller.http;

import io.gonkapulse.trackerpoller.http.FailoverClient.RequestStep;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accepts JSON only. Caches the last response to a request that every poll repeats, for as long as the server says 304
 * to its validators. Thread-safe.
 */
final class RevalidatingClient implements RequestStep {

    /** Small enough to stay in memory for every tracker. */
    private static final int MAX_CACHED_BYTES = 1 << 20;

    private final String url;
    private final RedirectingHttpClient httpClient;
    private volatile @Nullable CachedResponse cached;

    RevalidatingClient(String url, RedirectingHttpClient httpClient) {
        this.url = url;
        this.httpClient = httpClient;
    }

    /** Call when the reader could not use a response: its cached body passes the server's validators nevertheless. */
    void clearCache() {
        cached = null;
    }

    @Override
    public TrackerResponse get(TrackerRequest request, TimeBudget budget) {
        Optional<CachedResponse> before =
                Optional.ofNullable(cached).filter(known -> known.request().equals(request));
        Map<String, String> headers = new HashMap<>(request.headers());
        before.ifPresent(known -> headers.putAll(known.validators()));
        TrackerResponse response = httpClient.get(url + request.path(), headers, budget);
        if (response.status() == 304 && before.isPresent()) {
            response.close();
            return before.get().response().shared(response.arrivedAt());
        }
        requireJson(response);
        Map<String, String> validators = validators(response);
        if (!request.revalidating() || validators.isEmpty() || response.length() > MAX_CACHED_BYTES) {
            return response;
        }
        cached = new CachedResponse(request, validators, response);
        return response.shared(response.arrivedAt());
    }

    private static void requireJson(TrackerResponse response) {
        try {
            if (response.status() != 200) {
                Duration wait = response.retryAfter().orElse(null);
                throw TrackerRequestException.refused(
                        response.status(),
                        wait,
                        "status " + response.status() + (wait == null ? "" : ", retry after " + wait));
            }
            if (!response.looksLikeJson()) {
                throw TrackerRequestException.of(
                        RequestFailureReason.NOT_JSON, "expected JSON, got a web page, nothing, or something else");
            }
        } catch (IOException e) {
            response.close();
            throw TrackerRequestException.of(
                    RequestFailureReason.BROKEN_OFF, "the body cannot be uncompressed: " + e.getMessage(), e);
        } catch (TrackerRequestException unusable) {
            response.close();
            throw unusable;
        }
    }

    private static Map<String, String> validators(TrackerResponse response) {
        Map<String, String> validators = new HashMap<>();
        response.header("etag").ifPresent(tag -> validators.put("If-None-Match", tag));
        response.header("last-modified").ifPresent(time -> validators.put("If-Modified-Since", time));
        return validators;
    }

    private record CachedResponse(TrackerRequest request, Map<String, String> validators, TrackerResponse response) {}
}

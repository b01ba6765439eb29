package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Sends each request once and keeps the response open, so that parsing can be measured without the network. */
record CachingTrackerClient(TrackerClient delegate, Map<TrackerRequest, TrackerResponse> cache)
        implements TrackerClient {

    static CachingTrackerClient of(TrackerClient site) {
        return new CachingTrackerClient(site, new LinkedHashMap<>());
    }

    Set<TrackerRequest> requests() {
        return cache.keySet();
    }

    @Override
    public String url() {
        return delegate.url();
    }

    @Override
    public long bodyLimit() {
        return delegate.bodyLimit();
    }

    @Override
    public TrackerResponse get(TrackerRequest request) {
        return new ReusableResponse(cache.computeIfAbsent(request, delegate::get));
    }

    private record ReusableResponse(TrackerResponse response) implements TrackerResponse {

        @Override
        public Instant arrivedAt() {
            return response.arrivedAt();
        }

        @Override
        public InputStream open() throws IOException {
            return response.open();
        }

        @Override
        public long length() {
            return response.length();
        }

        @Override
        public void close() {
            // Keeps the response open for the next read.
        }
    }
}

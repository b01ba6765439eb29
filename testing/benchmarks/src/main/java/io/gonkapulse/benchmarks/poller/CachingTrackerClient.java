package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerResponse;
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
        TrackerResponse response = cache.computeIfAbsent(request, delegate::get);
        return response.shared(response.arrivedAt());
    }
}

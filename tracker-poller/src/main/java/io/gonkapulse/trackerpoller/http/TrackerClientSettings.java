package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.util.List;

/**
 * Limits and timeouts of the requests to one tracker.
 *
 * @param urls its addresses, the preferred one first
 * @param connectTimeout for one connection
 * @param idleTimeout the longest pause within one exchange
 * @param bodyLimit the largest response in bytes, compressed and uncompressed, all its pages together
 * @param requestsPerSecond over all addresses
 * @param concurrentRequests over all addresses
 */
public record TrackerClientSettings(
        List<String> urls,
        Duration connectTimeout,
        Duration idleTimeout,
        long bodyLimit,
        int requestsPerSecond,
        int concurrentRequests) {

    public TrackerClientSettings {
        urls = urls.stream().map(url -> url.replaceAll("/+$", "")).toList();
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one address");
        }
    }
}

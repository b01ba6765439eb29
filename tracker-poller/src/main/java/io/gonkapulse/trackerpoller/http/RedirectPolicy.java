package io.gonkapulse.trackerpoller.http;

import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** Follows redirects of one request: same host only, never from https to http, at most three, no loop. */
final class RedirectPolicy {

    private static final int MAX_REDIRECTS = 3;

    private final Set<URI> seen = new HashSet<>();
    private URI target;

    RedirectPolicy(URI target) {
        this.target = target;
    }

    URI target() {
        return target;
    }

    /** Returns whether the response is a redirect; then {@link #target} has changed. */
    boolean follow(RawResponse fetched) {
        if (fetched.status() < 300 || fetched.status() > 399 || fetched.status() == 304) {
            return false;
        }
        try {
            target = nextTarget(fetched);
            return true;
        } catch (TrackerRequestException refused) {
            fetched.body().close();
            throw refused;
        }
    }

    /** Other hosts are rejected because limits and circuit belong to this one. */
    private URI nextTarget(RawResponse fetched) {
        String location = fetched.headers()
                .firstValue("location")
                .orElseThrow(() -> rejected("status " + fetched.status() + " without a Location header"));
        URI next = resolve(location);
        boolean sameHost = target.getHost().equalsIgnoreCase(next.getHost());
        boolean sameOrSafer =
                "https".equalsIgnoreCase(next.getScheme()) || target.getScheme().equalsIgnoreCase(next.getScheme());
        if (!sameHost || !sameOrSafer) {
            throw rejected("a redirect to another host or away from https is not followed");
        }
        seen.add(target);
        if (seen.contains(next) || seen.size() > MAX_REDIRECTS) {
            throw rejected("redirects loop, or more than " + MAX_REDIRECTS + " of them follow each other");
        }
        return next;
    }

    private URI resolve(String location) {
        try {
            return target.resolve(location);
        } catch (IllegalArgumentException e) {
            throw rejected("the location of a redirect is not a URL");
        }
    }

    private static TrackerRequestException rejected(String reason) {
        return TrackerRequestException.of(RequestFailureReason.REDIRECT, reason);
    }
}

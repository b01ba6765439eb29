package io.gonkapulse.trackerpoller.site;

import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** Where one question was led so far: to the same host only, never from https to http, and not for ever. */
final class Redirects {

    private static final int MOST = 3;

    private final Set<URI> seen = new HashSet<>();
    private URI target;

    Redirects(URI target) {
        this.target = target;
    }

    URI target() {
        return target;
    }

    /** Whether the answer says to ask elsewhere; then {@link #target} is there. */
    boolean leadOn(Fetched fetched) {
        if (fetched.status() < 300 || fetched.status() > 399 || fetched.status() == 304) {
            return false;
        }
        try {
            target = next(fetched);
            return true;
        } catch (SiteException refused) {
            fetched.spool().close();
            throw refused;
        }
    }

    private URI next(Fetched fetched) {
        String location = fetched.headers()
                .firstValue("location")
                .orElseThrow(() -> refused("status " + fetched.status() + " without a location"));
        URI next = resolved(location);
        boolean sameHost = target.getHost().equalsIgnoreCase(next.getHost());
        boolean sameOrSafer =
                "https".equalsIgnoreCase(next.getScheme()) || target.getScheme().equalsIgnoreCase(next.getScheme());
        if (!sameHost || !sameOrSafer) {
            throw refused("a redirect to another host or away from https is not followed");
        }
        seen.add(target);
        if (seen.contains(next) || seen.size() > MOST) {
            throw refused("redirects lead in a circle, or more than " + MOST + " of them follow each other");
        }
        return next;
    }

    private URI resolved(String location) {
        try {
            return target.resolve(location);
        } catch (IllegalArgumentException e) {
            throw refused("the location of a redirect is no address");
        }
    }

    private static SiteException refused(String why) {
        return SiteException.of(Reason.REDIRECT, why);
    }
}

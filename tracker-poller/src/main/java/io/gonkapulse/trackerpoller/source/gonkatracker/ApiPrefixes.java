package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Some trackers are installed below {@code /api}, some are not; each site is asked once where it is. */
final class ApiPrefixes {

    private static final String USUAL = "/api/v1";
    private static final String BARE = "/v1";

    private final Map<String, String> bySite = new ConcurrentHashMap<>();

    Request request(Site site, String path) {
        return Request.get(of(site) + path);
    }

    /** Asks again next time. */
    void forget(Site site) {
        bySite.remove(site.url());
    }

    private String of(Site site) {
        String known = bySite.get(site.url());
        if (known != null) {
            return known;
        }
        String found = find(site);
        bySite.put(site.url(), found);
        return found;
    }

    private static String find(Site site) {
        try {
            return greeted(site, USUAL);
        } catch (SiteException e) {
            if (!isNothingThere(e)) {
                throw e;
            }
            return findBare(site, e);
        }
    }

    private static String findBare(Site site, SiteException usual) {
        try {
            return greeted(site, BARE);
        } catch (SiteException e) {
            usual.addSuppressed(e);
            throw usual;
        }
    }

    private static String greeted(Site site, String prefix) {
        return JsonBody.ask(site, Request.get(prefix + "/hello"), Shape.of(), hello -> prefix);
    }

    /** A web front end may answer every path with its page. */
    private static boolean isNothingThere(SiteException e) {
        return e.reason() == Reason.NOT_JSON || e.status().orElse(0) == 404;
    }
}

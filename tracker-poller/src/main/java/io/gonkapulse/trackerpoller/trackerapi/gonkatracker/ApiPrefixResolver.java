package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Some trackers are installed below {@code /api}, some are not; each site is asked once where it is. */
final class ApiPrefixResolver {

    private static final String API_PREFIX = "/api/v1";
    private static final String BARE_PREFIX = "/v1";

    private final Map<String, String> prefixByUrl = new ConcurrentHashMap<>();

    TrackerRequest request(TrackerClient site, String path) {
        return TrackerRequest.get(resolve(site) + path);
    }

    /** Asks again next time. */
    void forget(TrackerClient site) {
        prefixByUrl.remove(site.url());
    }

    private String resolve(TrackerClient site) {
        String known = prefixByUrl.get(site.url());
        if (known != null) {
            return known;
        }
        String found = find(site);
        prefixByUrl.put(site.url(), found);
        return found;
    }

    private static String find(TrackerClient site) {
        try {
            return probe(site, API_PREFIX);
        } catch (TrackerRequestException e) {
            if (!isMissing(e)) {
                throw e;
            }
            return findBare(site, e);
        }
    }

    private static String findBare(TrackerClient site, TrackerRequestException usual) {
        try {
            return probe(site, BARE_PREFIX);
        } catch (TrackerRequestException e) {
            usual.addSuppressed(e);
            throw usual;
        }
    }

    private static String probe(TrackerClient site, String prefix) {
        return JsonBody.fetch(site, TrackerRequest.get(prefix + "/hello"), JsonObjectShape.of(), hello -> prefix);
    }

    /** A web front end may answer every path with its page. */
    private static boolean isMissing(TrackerRequestException e) {
        return e.reason() == RequestFailureReason.NOT_JSON || e.status().orElse(0) == 404;
    }
}

package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the path prefix of each address once: some trackers serve their API below {@code /api}, some do not. */
final class ApiPrefixResolver {

    private static final String API_PREFIX = "/api/v1";
    private static final String BARE_PREFIX = "/v1";

    private final Map<String, String> prefixByUrl = new ConcurrentHashMap<>();

    TrackerRequest request(TrackerClient client, String path) {
        return TrackerRequest.get(resolve(client) + path);
    }

    /** Detects the prefix again with the next request. */
    void forget(TrackerClient client) {
        prefixByUrl.remove(client.url());
    }

    private String resolve(TrackerClient client) {
        String known = prefixByUrl.get(client.url());
        if (known != null) {
            return known;
        }
        String found = find(client);
        prefixByUrl.put(client.url(), found);
        return found;
    }

    private static String find(TrackerClient client) {
        try {
            return probe(client, API_PREFIX);
        } catch (TrackerRequestException e) {
            if (!isMissing(e)) {
                throw e;
            }
            return findBare(client, e);
        }
    }

    /** Throws the failure of the usual prefix, because that one is more likely to be right. */
    private static String findBare(TrackerClient client, TrackerRequestException original) {
        try {
            return probe(client, BARE_PREFIX);
        } catch (TrackerRequestException e) {
            original.addSuppressed(e);
            throw original;
        }
    }

    private static String probe(TrackerClient client, String prefix) {
        return JsonBody.fetch(client, TrackerRequest.get(prefix + "/hello"), JsonObjectShape.of(), hello -> prefix);
    }

    /** A web front end may return its page for every path. */
    private static boolean isMissing(TrackerRequestException e) {
        return e.reason() == RequestFailureReason.NOT_JSON || e.status().orElse(0) == 404;
    }
}

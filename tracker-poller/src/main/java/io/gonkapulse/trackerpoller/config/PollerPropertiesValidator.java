package io.gonkapulse.trackerpoller.config;

import io.gonkapulse.contracts.TrackerName;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that Bean Validation does not offer. Each message has the setting, the expected and the actual value. */
final class PollerPropertiesValidator {

    private PollerPropertiesValidator() {}

    static void requireTrackerName(String name) {
        require(!name.isBlank(), "name is missing: expected a name for each tracker");
        new TrackerName(name);
    }

    static void requireDistinctNames(List<TrackerProperties> trackers) {
        Set<String> names = new HashSet<>();
        for (TrackerProperties tracker : trackers) {
            require(names.add(tracker.name()), "Two trackers are named " + tracker.name() + ": give each its own name");
        }
    }

    static void requireUrls(String tracker, List<String> urls) {
        for (String url : urls) {
            require(
                    isHttpUrl(url),
                    tracker + ": urls: expected addresses as https://host[:port][/path], without credentials, query or"
                            + " fragment, got \"" + redact(url) + '"');
        }
        require(
                new HashSet<>(urls).size() == urls.size(),
                tracker + ": urls: expected different addresses, got one twice");
    }

    static void requireBetween(String setting, Duration value, Duration min, Duration max) {
        require(
                value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                setting + ": expected " + min + " to " + max + ", got " + value);
    }

    /** Removes what may be a password or token. */
    private static String redact(String url) {
        return url.replaceFirst("//.*@", "//…@").replaceFirst("[?#].*", "?…");
    }

    /** Credentials are rejected because URLs appear in logs, meters and messages. */
    private static boolean isHttpUrl(String url) {
        try {
            URI uri = URI.create(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}

package io.gonkapulse.trackerpoller.settings;

import io.gonkapulse.contracts.TrackerName;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What bean validation has no words for. Each message names the setting, what was expected and what came. */
final class Checks {

    private Checks() {}

    static void trackerName(String name) {
        require(!name.isBlank(), "name is missing: expected a name for each tracker");
        new TrackerName(name);
    }

    static void distinctNames(List<TrackerProperties> trackers) {
        Set<String> names = new HashSet<>();
        for (TrackerProperties tracker : trackers) {
            require(names.add(tracker.name()), "Two trackers are named " + tracker.name() + ": give each its own name");
        }
    }

    static void urls(String tracker, List<String> urls) {
        for (String url : urls) {
            require(
                    isAddress(url),
                    tracker + ": urls: expected addresses as https://host[:port][/path], without credentials, query or"
                            + " fragment, got \"" + withoutSecrets(url) + '"');
        }
        require(new HashSet<>(urls).size() == urls.size(), tracker + ": urls: the same address stands there twice");
    }

    static void between(String setting, Duration value, Duration least, Duration most) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                setting + ": expected " + least + " to " + most + ", got " + value);
    }

    /** Nothing that may be a password is repeated. */
    private static String withoutSecrets(String url) {
        return url.replaceFirst("//.*@", "//…@").replaceFirst("[?#].*", "?…");
    }

    private static boolean isAddress(String url) {
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

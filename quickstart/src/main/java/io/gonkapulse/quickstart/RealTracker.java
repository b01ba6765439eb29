package io.gonkapulse.quickstart;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tracker or chain node of the real network, which is polled in the place of the simulated one.
 *
 * @param kind type of its API, as the poller names it
 */
record RealTracker(String url, String kind) {

    static final String TRACKER = "gonka-tracker";

    /** By kind, its name in {@code running.properties}. */
    private static final Map<String, String> PARTS = Map.of(TRACKER, "tracker", "gonka-node", "chain");

    RealTracker {
        if (!PARTS.containsKey(kind)) {
            throw new IllegalArgumentException(
                    "--tracker-kind: expected gonka-tracker or gonka-node, got \"" + kind + '"');
        }
        if (!isAddress(url)) {
            throw new IllegalArgumentException(
                    "--tracker: expected an address as https://host[:port][/path], without credentials and query");
        }
    }

    /** Accepts the address as a browser shows it, with a slash at the end. */
    static RealTracker of(String url, String kind) {
        return new RealTracker(url.replaceFirst("/+$", ""), kind);
    }

    String part() {
        return PARTS.getOrDefault(kind, "");
    }

    /** The message must not repeat the address: it may contain a password. */
    private static boolean isAddress(String url) {
        @Nullable URI address = parse(url);
        return address != null
                && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                && address.getHost() != null
                && address.getUserInfo() == null
                && address.getQuery() == null
                && address.getFragment() == null;
    }

    private static @Nullable URI parse(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

package io.gonkapulse.quickstart;

import java.util.Map;
import java.util.TreeMap;

/** Addresses of the started components, set by their startup steps and read by later ones. */
final class QuickstartEndpoints {

    /** JDBC URL without credentials. */
    String database = "";

    String kafka = "";
    private final Map<String, String> urls = new TreeMap<>();

    void setUrl(String part, String url) {
        urls.put(part + ".url", url);
    }

    /** Returns the URL of a part that has started. */
    String url(String part) {
        return urls.getOrDefault(part + ".url", "");
    }

    /** By {@code <part>.url}. */
    Map<String, String> urlProperties() {
        return Map.copyOf(urls);
    }
}

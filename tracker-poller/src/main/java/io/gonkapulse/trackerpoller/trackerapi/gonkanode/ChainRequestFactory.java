package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.http.TrackerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Creates requests for the chain state at a height. */
final class ChainRequestFactory {

    private static final String PREFIX = "/chain-api/productscience/inference/inference/";
    private static final String HEIGHT = "X-Cosmos-Block-Height";
    private static final int PAGE = 10_000;

    private ChainRequestFactory() {}

    static TrackerRequest participants(long height, @Nullable String pageKey) {
        String key = pageKey == null ? "" : "&pagination.key=" + URLEncoder.encode(pageKey, StandardCharsets.UTF_8);
        return get("participant?pagination.limit=" + PAGE + key, height);
    }

    static TrackerRequest performance(long epoch, String node, @Nullable Long height) {
        return get("epoch_performance_summary/" + epoch + '/' + node, height);
    }

    static TrackerRequest hardware(String node) {
        return get("hardware_nodes/" + node, null);
    }

    /** The height must be a header; the node ignores a query parameter. */
    private static TrackerRequest get(String path, @Nullable Long height) {
        TrackerRequest request = TrackerRequest.get(PREFIX + path);
        return height == null ? request : request.withHeader(HEIGHT, Long.toString(height));
    }
}

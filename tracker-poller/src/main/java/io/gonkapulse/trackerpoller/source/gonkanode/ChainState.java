package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.trackerpoller.site.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where the state of the chain is asked for, and as of which height. */
final class ChainState {

    private static final String PREFIX = "/chain-api/productscience/inference/inference/";
    private static final String HEIGHT = "X-Cosmos-Block-Height";
    private static final int PAGE = 10_000;

    private ChainState() {}

    static Request participants(long height, @Nullable String pageKey) {
        String key = pageKey == null ? "" : "&pagination.key=" + URLEncoder.encode(pageKey, StandardCharsets.UTF_8);
        return get("participant?pagination.limit=" + PAGE + key, height);
    }

    static Request performance(long epoch, String node, @Nullable Long height) {
        return get("epoch_performance_summary/" + epoch + '/' + node, height);
    }

    static Request hardware(String node) {
        return get("hardware_nodes/" + node, null);
    }

    /** The height goes into a header: as a query it is ignored. */
    private static Request get(String path, @Nullable Long height) {
        Request request = Request.get(PREFIX + path);
        return height == null ? request : request.with(HEIGHT, Long.toString(height));
    }
}

package io.gonkapulse.apigateway.nodes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which nodes are wanted; null and empty mean all. */
record NodeFilter(
        List<String> statuses,
        @Nullable String gpuType,
        @Nullable String region,
        @Nullable String model,
        @Nullable String words) {

    boolean wantsAll() {
        return statuses.isEmpty() && gpuType == null && region == null && model == null && words == null;
    }

    boolean wantsStatus() {
        return !statuses.isEmpty();
    }

    /** What a node has without ever being reported. */
    boolean wantsProperties() {
        return gpuType != null || region != null || words != null;
    }

    /** A node that was never reported has neither status nor model. */
    boolean admitsUnreported() {
        return statuses.isEmpty() && model == null;
    }

    Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("statuses", statuses.isEmpty() ? null : String.join(",", statuses));
        parameters.put("gpuType", gpuType);
        parameters.put("region", region);
        parameters.put("model", model);
        parameters.put("words", words);
        return parameters;
    }
}

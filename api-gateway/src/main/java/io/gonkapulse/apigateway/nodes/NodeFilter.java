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
        @Nullable String searchText) {

    boolean isEmpty() {
        return statuses.isEmpty() && gpuType == null && region == null && model == null && searchText == null;
    }

    boolean hasStatus() {
        return !statuses.isEmpty();
    }

    /** What a node has without ever being reported. */
    boolean hasNodeProperties() {
        return gpuType != null || region != null || searchText != null;
    }

    /** A node that was never reported has neither status nor model. */
    boolean matchesUnreported() {
        return statuses.isEmpty() && model == null;
    }

    Map<String, @Nullable Object> sqlParameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("statuses", statuses.isEmpty() ? null : String.join(",", statuses));
        parameters.put("gpuType", gpuType);
        parameters.put("region", region);
        parameters.put("model", model);
        parameters.put("words", searchText);
        return parameters;
    }
}

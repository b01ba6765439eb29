package io.gonkapulse.apigateway.nodes;

import java.util.List;
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

    @Nullable
    String joinedStatuses() {
        return statuses.isEmpty() ? null : String.join(",", statuses);
    }
}

package io.gonkapulse.apigateway.nodes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of nodes: which nodes, in which order, how many and after which. */
record NodePageQuery(
        Filter filter, NodeSort sort, int limit, @Nullable NodePageCursor after) {

    /** The filters of a page; null and empty mean no filter. */
    record Filter(
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

        /** Filters by columns that exist before the first report of a node. */
        boolean hasNodeProperties() {
            return gpuType != null || region != null || searchText != null;
        }

        /** Nodes without a report have no model, and no status unless they are known from settlements. */
        boolean matchesUnreported() {
            return model == null && (statuses.isEmpty() || hasInactive());
        }

        boolean hasInactive() {
            return statuses.contains("inactive");
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
}

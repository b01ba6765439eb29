package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.RequestParameterReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a page of nodes. */
record NodePageParameters(
        NodeFilter filter,
        NodeSort sort,
        int limit,
        @Nullable NodePageCursor after) {

    private static final Set<String> STATUSES = Set.of("healthy", "unhealthy", "jailed", "unknown", "offline");
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 50;

    static NodePageParameters of(HttpServletRequest request) {
        RequestParameterReader parameters = RequestParameterReader.of(
                request, "status", "gpuType", "region", "model", "q", "sort", "limit", "cursor");
        NodeSort sort = NodeSort.parse(parameters.choice("sort", NodeSort.CHOICES, "identifier"));
        return new NodePageParameters(
                new NodeFilter(
                        parameters.choices("status", STATUSES),
                        parameters.text("gpuType").orElse(null),
                        parameters.text("region").orElse(null),
                        parameters.text("model").orElse(null),
                        parameters.text("q").orElse(null)),
                sort,
                parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
                parameters
                        .text("cursor", NodePageCursor.MAX_LENGTH)
                        .map(text -> NodePageCursor.parse(text, sort))
                        .orElse(null));
    }
}

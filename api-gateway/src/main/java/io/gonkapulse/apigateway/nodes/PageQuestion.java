package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.web.Question;
import io.gonkapulse.apigateway.web.RequestParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which page of which nodes. */
record PageQuestion(
        NodeFilter filter,
        NodeSort sort,
        int limit,
        @Nullable Cursor after) implements Question<NodePage> {

    private static final Set<String> STATUSES = Set.of("healthy", "unhealthy", "jailed", "unknown", "offline");
    private static final int MOST = 500;
    private static final int USUAL = 50;

    static PageQuestion of(HttpServletRequest request) {
        RequestParameters parameters =
                RequestParameters.of(request, "status", "gpuType", "region", "model", "q", "sort", "limit", "cursor");
        NodeSort sort = NodeSort.parse(parameters.choice("sort", NodeSort.CHOICES, "identifier"));
        return new PageQuestion(
                new NodeFilter(
                        parameters.choices("status", STATUSES),
                        parameters.text("gpuType").orElse(null),
                        parameters.text("region").orElse(null),
                        parameters.text("model").orElse(null),
                        parameters.text("q").orElse(null)),
                sort,
                parameters.number("limit", 1, MOST, USUAL),
                parameters
                        .text("cursor", Cursor.LONGEST)
                        .map(text -> Cursor.parse(text, sort))
                        .orElse(null));
    }
}

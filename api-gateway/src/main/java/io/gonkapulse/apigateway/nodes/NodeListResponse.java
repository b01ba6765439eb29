package io.gonkapulse.apigateway.nodes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response body of a page of nodes. */
record NodeListResponse(List<NodeResponse> items, @Nullable String nextCursor) {

    static NodeListResponse of(NodePage page) {
        return new NodeListResponse(page.nodes().stream().map(NodeResponse::of).toList(), page.nextCursor());
    }
}

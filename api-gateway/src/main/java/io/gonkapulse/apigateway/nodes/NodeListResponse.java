package io.gonkapulse.apigateway.nodes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response body of a page of nodes, in sort order.
 *
 * @param nextCursor null on the last page
 */
record NodeListResponse(List<NodeResponse> items, @Nullable String nextCursor) {}

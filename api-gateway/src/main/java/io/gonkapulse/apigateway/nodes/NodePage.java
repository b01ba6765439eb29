package io.gonkapulse.apigateway.nodes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of nodes in sort order.
 *
 * @param nextCursor null on the last page
 */
record NodePage(List<NodeRow> nodes, @Nullable String nextCursor) {

    /**
     * A node of a page.
     *
     * @param sortKey the sort value, as a number
     */
    record SortedNode(NodeRow node, String sortKey) {}
}

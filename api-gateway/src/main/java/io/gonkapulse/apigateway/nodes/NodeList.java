package io.gonkapulse.apigateway.nodes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page as the API shows it. */
record NodeList(List<Node> items, @Nullable String nextCursor) {

    static NodeList of(NodePage page) {
        return new NodeList(page.nodes().stream().map(Node::of).toList(), page.nextCursor());
    }
}

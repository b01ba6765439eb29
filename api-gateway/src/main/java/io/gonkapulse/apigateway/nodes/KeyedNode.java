package io.gonkapulse.apigateway.nodes;

/**
 * A node of a page and its place in the order.
 *
 * @param key what the page is sorted by, as a number
 * @param position tells nodes of the same key apart
 */
record KeyedNode(NodeRow node, String key, String position) {

    Cursor cursor(NodeSort sort) {
        return new Cursor(sort, key, position);
    }
}

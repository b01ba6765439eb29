package io.gonkapulse.apigateway.nodes;

/**
 * A node of a page.
 *
 * @param key what the page is sorted by, as a number
 */
record KeyedNode(NodeRow node, String key) {}

package io.gonkapulse.apigateway.nodes;

/**
 * A node of a page.
 *
 * @param sortKey the sort value, as a number
 */
record SortedNode(NodeRow node, String sortKey) {}

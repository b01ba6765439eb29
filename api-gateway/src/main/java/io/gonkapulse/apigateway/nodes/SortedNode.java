package io.gonkapulse.apigateway.nodes;

/**
 * A node of a page.
 *
 * @param sortKey what the page is sorted by, as a number
 */
record SortedNode(NodeRow node, String sortKey) {}

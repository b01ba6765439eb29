package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.RequestParameterParser;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sort order of nodes. Nodes without a value come last in both directions. Nodes with the same value are sorted by
 * id, which never changes.
 */
record NodeSort(String field, boolean descending) {

    private static final Set<String> FIELDS =
            Set.of("identifier", "weight", "earningsDay", "earningsTotal", "uptime", "fetchedAt");

    private static final Set<String> CHOICES =
            FIELDS.stream().flatMap(field -> Stream.of(field, "-" + field)).collect(Collectors.toUnmodifiableSet());

    static NodeSort parse(String text) {
        RequestParameterParser.requireChoice("sort", text, CHOICES);
        boolean descending = text.startsWith("-");
        return new NodeSort(descending ? text.substring(1) : text, descending);
    }

    boolean isByIdentifier() {
        return field.equals("identifier");
    }

    @Override
    public String toString() {
        return (descending ? "-" : "") + field;
    }
}

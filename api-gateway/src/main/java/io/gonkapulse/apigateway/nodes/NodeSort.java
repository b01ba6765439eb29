package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.ParameterRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sort order of nodes. Nodes without a value come last in both directions. Nodes with the same value are sorted by
 * id, which never changes.
 */
record NodeSort(String field, boolean descending) {

    /** The names of the fields, and the shorter names that cursors contain. Both are accepted. */
    private static final Map<String, String> SHORT_NAMES = Map.of(
            "identifier", "identifier",
            "votingWeight", "weight",
            "weight", "weight",
            "earningsDay", "earningsDay",
            "earningsTotal", "earningsTotal",
            "uptimePercent", "uptime",
            "uptime", "uptime",
            "fetchedAt", "fetchedAt");

    private static final Set<String> CHOICES = SHORT_NAMES.keySet().stream()
            .flatMap(field -> Stream.of(field, "-" + field))
            .collect(Collectors.toUnmodifiableSet());

    static NodeSort parse(String text) {
        RequestParameterParser.requireChoice("sort", text, CHOICES);
        boolean descending = text.startsWith("-");
        String field = descending ? text.substring(1) : text;
        return new NodeSort(Objects.requireNonNull(SHORT_NAMES.get(field)), descending);
    }

    /** A field name, with a minus sign for a descending order. */
    static final class SortRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            NodeSort.parse(value);
        }
    }

    boolean isByTotal() {
        return field.equals("earningsTotal");
    }

    boolean isByIdentifier() {
        return field.equals("identifier");
    }

    @Override
    public String toString() {
        return (descending ? "-" : "") + field;
    }
}

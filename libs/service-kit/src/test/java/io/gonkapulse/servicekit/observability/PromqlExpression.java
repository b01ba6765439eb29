package io.gonkapulse.servicekit.observability;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A PromQL expression. */
record PromqlExpression(String text) {

    private static final Pattern NON_METER_PARTS = Pattern.compile("\"[^\"]*\"|'[^']*'|\\{[^}]*}|\\[[^]]*]"
            + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern WORD = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    /** Series that Prometheus itself provides. */
    private static final Set<String> BUILT_IN_SERIES = Set.of("up", "ALERTS");

    /** Series in the expression that the catalogue does not contain. */
    Set<String> unknownMeters() {
        Set<String> unknown = meters();
        unknown.removeAll(BUILT_IN_SERIES);
        unknown.removeAll(Arrays.stream(PulseMeter.values())
                .flatMap(meter -> meter.prometheusNames().stream())
                .collect(Collectors.toSet()));
        return unknown;
    }

    private Set<String> meters() {
        return WORD.matcher(NON_METER_PARTS.matcher(text).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .filter(word -> !OPERATORS.contains(word.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

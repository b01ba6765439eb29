package io.gonkapulse.servicekit.meters;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A question to Prometheus. */
record Expression(String text) {

    private static final Pattern NO_METERS = Pattern.compile("\"[^\"]*\"|'[^']*'|\\{[^}]*}|\\[[^]]*]"
            + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern WORD = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    /** Prometheus makes these itself. */
    private static final Set<String> PROMETHEUS_OWN = Set.of("up", "ALERTS");

    /** Series that are asked for and that nobody in the catalogue shows. */
    Set<String> unknownMeters() {
        Set<String> unknown = meters();
        unknown.removeAll(PROMETHEUS_OWN);
        unknown.removeAll(Arrays.stream(Meter.values())
                .flatMap(meter -> meter.prometheusNames().stream())
                .collect(Collectors.toSet()));
        return unknown;
    }

    private Set<String> meters() {
        return WORD.matcher(NO_METERS.matcher(text).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .filter(word -> !OPERATORS.contains(word.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

package io.gonkapulse.apigateway.history;

import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.ParameterRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a history request.
 *
 * @param identifier null for the network
 * @param today the current day; its bucket is not complete
 */
record HistoryQuery(
        @Nullable String identifier, Metric metric, DayRange range, DayRange.Interval interval, LocalDate today) {

    /** What a history shows. */
    enum Metric {
        WEIGHT,
        INFERENCES,
        UPTIME,
        PARTICIPANTS;

        private static final Set<String> OF_NODE = Set.of("weight", "inferences", "uptime");
        private static final Set<String> OF_NETWORK = Set.of("weight", "inferences", "uptime", "participants");

        private static Metric parse(String name, Set<String> choices) {
            return valueOf(RequestParameterParser.requireChoice("metric", name, choices)
                    .toUpperCase(Locale.ROOT));
        }

        static Metric ofNode(String name) {
            return parse(name, OF_NODE);
        }

        static Metric ofNetwork(String name) {
            return parse(name, OF_NETWORK);
        }

        String apiName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A metric of a node. */
    static final class NodeMetricRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            Metric.ofNode(value);
        }
    }

    /** A metric of the network. */
    static final class NetworkMetricRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            Metric.ofNetwork(value);
        }
    }
}

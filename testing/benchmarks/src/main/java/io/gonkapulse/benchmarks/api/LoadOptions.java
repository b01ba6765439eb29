package io.gonkapulse.benchmarks.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Options of one load run.
 *
 * @param nodes number of nodes or jobs to request
 * @param perSecond scheduled rate; 0 for as many as the connections carry
 * @param conditional whether requests carry an ETag
 */
record LoadOptions(
        int port,
        MeasuredPath route,
        int nodes,
        int connections,
        double perSecond,
        boolean conditional,
        int warmupSeconds,
        int seconds) {

    /** Inverse of {@link #toArguments()}; the load generator is a process of its own. */
    static LoadOptions parse(String[] arguments) {
        return new LoadOptions(
                Integer.parseInt(arguments[0]),
                MeasuredPath.valueOf(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Double.parseDouble(arguments[4]),
                Boolean.parseBoolean(arguments[5]),
                Integer.parseInt(arguments[6]),
                Integer.parseInt(arguments[7]));
    }

    String[] toArguments() {
        return Stream.of(port, route.name(), nodes, connections, perSecond, conditional, warmupSeconds, seconds)
                .map(String::valueOf)
                .toArray(String[]::new);
    }

    String requestHead(int key, String etag) {
        return "GET " + route.path(key) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
                + (etag.isEmpty() ? "" : "If-None-Match: " + etag + "\r\n") + "\r\n";
    }

    int expectedStatus(String etag) {
        return etag.isEmpty() ? 200 : 304;
    }

    /** Result of one load run. */
    record LoadResult(
            double successPerSecond,
            double rejectedPerSecond,
            double medianMillis,
            double p99Millis,
            double maxMillis,
            double rejectedP99Millis) {

        static LoadResult parse(String line) {
            List<Double> numbers =
                    Stream.of(line.split(" ")).map(Double::valueOf).toList();
            return new LoadResult(
                    numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4), numbers.get(5));
        }

        String toLine() {
            return String.format(
                    Locale.ROOT,
                    "%.1f %.1f %.2f %.2f %.2f %.2f",
                    successPerSecond,
                    rejectedPerSecond,
                    medianMillis,
                    p99Millis,
                    maxMillis,
                    rejectedP99Millis);
        }
    }
}

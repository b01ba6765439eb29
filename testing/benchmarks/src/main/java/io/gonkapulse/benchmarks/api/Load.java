package io.gonkapulse.benchmarks.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is put on a server.
 *
 * @param nodes how many there are to ask for
 * @param perSecond 0 for as much as the connections carry
 * @param conditional whether whoever asks has the answer already
 */
record Load(
        int port,
        AskedRoute route,
        int nodes,
        int connections,
        double perSecond,
        boolean conditional,
        int warmSeconds,
        int seconds) {

    static Load parse(String[] words) {
        return new Load(
                Integer.parseInt(words[0]),
                AskedRoute.valueOf(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Double.parseDouble(words[4]),
                Boolean.parseBoolean(words[5]),
                Integer.parseInt(words[6]),
                Integer.parseInt(words[7]));
    }

    String[] words() {
        return Stream.of(port, route.name(), nodes, connections, perSecond, conditional, warmSeconds, seconds)
                .map(String::valueOf)
                .toArray(String[]::new);
    }

    String head(int key, String tag) {
        return "GET " + route.path(key) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
                + (tag.isEmpty() ? "" : "If-None-Match: " + tag + "\r\n") + "\r\n";
    }

    int expectedStatus(String tag) {
        return tag.isEmpty() ? 200 : 304;
    }

    /**
     * What came of it; times in milliseconds.
     *
     * @param answered a second
     * @param turnedAway a second
     */
    record Result(double answered, double turnedAway, double median, double p99, double longest, double turnedAwayP99) {

        static Result parse(String line) {
            List<Double> numbers =
                    Stream.of(line.split(" ")).map(Double::valueOf).toList();
            return new Result(
                    numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4), numbers.get(5));
        }

        String toLine() {
            return String.format(
                    Locale.ROOT,
                    "%.1f %.1f %.2f %.2f %.2f %.2f",
                    answered,
                    turnedAway,
                    median,
                    p99,
                    longest,
                    turnedAwayP99);
        }
    }
}

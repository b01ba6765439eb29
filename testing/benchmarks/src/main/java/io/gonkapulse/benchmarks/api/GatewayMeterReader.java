package io.gonkapulse.benchmarks.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads the meters of a running gateway. */
final class GatewayMeterReader {

    private static final Pattern RESPONSES =
            Pattern.compile("gonkapulse_gateway_responses_total\\{[^}]*source=\"(\\w+)\"[^}]*} (\\S+)");
    private static final Pattern COMPILATION = Pattern.compile("(?m)^jvm_compilation_time_ms_total(\\{[^}]*})? (\\S+)");

    private GatewayMeterReader() {}

    static ResponseCounts responses(int port) {
        double total = 0;
        double cached = 0;
        for (MatchResult meter : RESPONSES.matcher(readMeters(port)).results().toList()) {
            double count = Double.parseDouble(meter.group(2));
            total += count;
            cached += meter.group(1).equals("memory") ? count : 0;
        }
        return new ResponseCounts(total, cached);
    }

    /** How long the JIT compilers have worked so far. */
    static double compilationMillis(int port) {
        return COMPILATION
                .matcher(readMeters(port))
                .results()
                .mapToDouble(meter -> Double.parseDouble(meter.group(2)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The gateway does not show its compilation time"));
    }

    private static String readMeters(int port) {
        try (InputStream body = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")
                .toURL()
                .openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The gateway does not show its meters", e);
        }
    }

    /**
     * Where the answers of a gateway came from so far.
     *
     * @param cached from memory
     */
    record ResponseCounts(double total, double cached) {

        long cachedPercentSince(ResponseCounts before) {
            return Math.round(100 * (cached - before.cached) / (total - before.total));
        }
    }
}

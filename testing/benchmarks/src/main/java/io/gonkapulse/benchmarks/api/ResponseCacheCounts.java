package io.gonkapulse.benchmarks.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts of the gateway's responses by source, read from its meters.
 *
 * @param cached responses from memory
 */
record ResponseCacheCounts(double total, double cached) {

    private static final Pattern METER =
            Pattern.compile("gonkapulse_gateway_responses_total\\{[^}]*=\"(memory|database)\"[^}]*} (\\S+)");

    static ResponseCacheCounts read(int port) {
        double total = 0;
        double cached = 0;
        Matcher meter = METER.matcher(readMeters(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")));
        while (meter.find()) {
            double count = Double.parseDouble(meter.group(2));
            total += count;
            cached += meter.group(1).equals("memory") ? count : 0;
        }
        return new ResponseCacheCounts(total, cached);
    }

    long cachedPercentSince(ResponseCacheCounts before) {
        return Math.round(100 * (cached - before.cached) / (total - before.total));
    }

    private static String readMeters(URI address) {
        try (InputStream body = address.toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the gateway's meters", e);
        }
    }
}

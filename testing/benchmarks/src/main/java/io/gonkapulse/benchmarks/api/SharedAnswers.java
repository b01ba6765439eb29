package io.gonkapulse.benchmarks.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the answers of a gateway came from so far, by its own meters.
 *
 * @param shared from memory
 */
record SharedAnswers(double all, double shared) {

    private static final Pattern METER = Pattern.compile("gateway_answers_total\\{[^}]*from=\"(\\w+)\"[^}]*} (\\S+)");

    static SharedAnswers of(int port) {
        double all = 0;
        double shared = 0;
        Matcher meter = METER.matcher(meters(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")));
        while (meter.find()) {
            double count = Double.parseDouble(meter.group(2));
            all += count;
            shared += meter.group(1).equals("memory") ? count : 0;
        }
        return new SharedAnswers(all, shared);
    }

    long percentSince(SharedAnswers before) {
        return Math.round(100 * (shared - before.shared) / (all - before.all));
    }

    private static String meters(URI address) {
        try (InputStream body = address.toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The gateway does not show its meters", e);
        }
    }
}

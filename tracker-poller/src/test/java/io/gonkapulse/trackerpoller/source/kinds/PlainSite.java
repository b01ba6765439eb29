package io.gonkapulse.trackerpoller.source.kinds;

import io.gonkapulse.trackerpoller.site.Answer;
import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** A site without retries, breakers or limits of rate: one real request for each question. */
final class PlainSite implements Site {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int MOST_BYTES = 20_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final String url;
    private final InstantSource clock;
    private final long bodyLimit;
    private final AtomicInteger open = new AtomicInteger();

    PlainSite(String url, InstantSource clock) {
        this(url, clock, MOST_BYTES);
    }

    PlainSite(String url, InstantSource clock, long bodyLimit) {
        this.url = url;
        this.clock = clock;
        this.bodyLimit = bodyLimit;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public long bodyLimit() {
        return bodyLimit;
    }

    /** How many answers nobody has closed. */
    int open() {
        return open.get();
    }

    @Override
    public Answer ask(Request request) {
        HttpRequest.Builder get = HttpRequest.newBuilder(URI.create(url + request.path()));
        request.headers().forEach(get::header);
        try {
            HttpResponse<InputStream> response = CLIENT.send(get.build(), BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                requireJson(response);
                byte[] body = body(
                        in, response.headers().firstValue("Content-Encoding").orElse(""));
                open.incrementAndGet();
                return new Kept(body, clock.instant());
            }
        } catch (IOException e) {
            throw SiteException.of(Reason.BROKEN_OFF, "broken off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SiteException.of(Reason.OUT_OF_TIME, "interrupted", e);
        }
    }

    private static void requireJson(HttpResponse<?> response) {
        if (response.statusCode() / 100 == 3) {
            throw SiteException.of(Reason.REDIRECT, "a redirect");
        }
        if (response.statusCode() != 200) {
            throw SiteException.refused(response.statusCode(), "status " + response.statusCode());
        }
        if (!response.headers().firstValue("Content-Type").orElse("").startsWith("application/json")) {
            throw SiteException.of(Reason.NOT_JSON, "not JSON");
        }
    }

    private static byte[] body(InputStream in, String encoding) throws IOException {
        InputStream plain = encoding.equals("gzip") ? new GZIPInputStream(in) : in;
        long deadline = System.nanoTime() + LONGEST.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[65_536];
        for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
            body.write(buffer, 0, read);
            if (body.size() > MOST_BYTES) {
                throw SiteException.of(Reason.TOO_LONG, "too long");
            }
            if (body.size() < 1_000 && System.nanoTime() > deadline) {
                throw SiteException.of(Reason.SLOW, "too slow");
            }
        }
        return body.toByteArray();
    }

    private final class Kept implements Answer {
        private final byte[] body;
        private final Instant arrivedAt;

        Kept(byte[] body, Instant arrivedAt) {
            this.body = body;
            this.arrivedAt = arrivedAt;
        }

        @Override
        public Instant arrivedAt() {
            return arrivedAt;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public long length() {
            return body.length;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}

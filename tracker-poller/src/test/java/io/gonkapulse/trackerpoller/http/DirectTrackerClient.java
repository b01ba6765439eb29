package io.gonkapulse.trackerpoller.http;

import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A client without retries, circuit breaker and limits: one request per call. */
public final class DirectTrackerClient implements TrackerClient {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);
    private static final int MAX_BYTES = 20_000_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final String url;
    private final InstantSource clock;
    private final long bodyLimit;
    private final List<TrackerResponse> responses = new ArrayList<>();

    public DirectTrackerClient(String url, InstantSource clock) {
        this(url, clock, MAX_BYTES);
    }

    public DirectTrackerClient(String url, InstantSource clock, long bodyLimit) {
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

    /** The number of responses that are not closed. */
    public long openResponses() {
        return responses.stream().filter(DirectTrackerClient::isOpen).count();
    }

    private static boolean isOpen(TrackerResponse response) {
        try (InputStream in = response.open()) {
            return in != null;
        } catch (IOException closed) {
            return false;
        }
    }

    @Override
    public TrackerResponse get(TrackerRequest request) {
        HttpRequest.Builder get = HttpRequest.newBuilder(URI.create(url + request.path()));
        request.headers().forEach(get::header);
        try {
            HttpResponse<InputStream> response = CLIENT.send(get.build(), BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                requireJson(response);
                byte[] body = body(
                        in, response.headers().firstValue("Content-Encoding").orElse(""));
                ResponseBuffer buffer = new ResponseBuffer(body.length, body.length);
                buffer.write(ByteBuffer.wrap(body));
                responses.add(new TrackerResponse(200, NO_HEADERS, buffer, clock.instant()));
                return responses.get(responses.size() - 1);
            }
        } catch (IOException e) {
            throw TrackerRequestException.of(RequestFailureReason.BROKEN_OFF, "broken off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TrackerRequestException.of(RequestFailureReason.OUT_OF_TIME, "interrupted", e);
        }
    }

    private static void requireJson(HttpResponse<?> response) {
        if (response.statusCode() / 100 == 3) {
            throw TrackerRequestException.of(RequestFailureReason.REDIRECT, "a redirect");
        }
        if (response.statusCode() != 200) {
            throw TrackerRequestException.refused(response.statusCode(), null, "status " + response.statusCode());
        }
        if (!response.headers().firstValue("Content-Type").orElse("").startsWith("application/json")) {
            throw TrackerRequestException.of(RequestFailureReason.NOT_JSON, "not JSON");
        }
    }

    private static byte[] body(InputStream in, String encoding) throws IOException {
        InputStream plain = encoding.equals("gzip") ? new GZIPInputStream(in) : in;
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[65_536];
        for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
            body.write(buffer, 0, read);
            if (body.size() > MAX_BYTES) {
                throw TrackerRequestException.of(RequestFailureReason.TOO_LONG, "too long");
            }
            if (body.size() < 1_000 && System.nanoTime() > deadline) {
                throw TrackerRequestException.of(RequestFailureReason.SLOW, "too slow");
            }
        }
        return body.toByteArray();
    }
}

package io.gonkapulse.networksimulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP client with size limits and strict JSON. Everything that is not a valid response gives an empty result.
 */
final class StrictHttpClient {

    private static final int MAX_BODY_BYTES = 8_000_000;
    private static final int MAX_TINY_READS = 10;
    private static final int TINY_READ_BYTES = 4;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static final class ResponseBody {
        private final int status;
        private final Map<String, String> headers;
        private final byte[] bytes;

        ResponseBody(int status, Map<String, String> headers, byte[] bytes) {
            this.status = status;
            this.headers = headers;
            this.bytes = bytes;
        }

        int status() {
            return status;
        }

        Map<String, String> headers() {
            return headers;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** Returns empty unless the response is complete JSON with status 200 within the limits. */
    Optional<JsonNode> json(String url, String... headers) {
        try {
            ResponseBody body = get(url, headers);
            return body.status() == 200 ? Optional.of(json.readTree(body.bytes())) : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    JsonNode parse(byte[] bytes) {
        return json.readTree(bytes);
    }

    /** Fails the test if there is no valid response. */
    JsonNode requireJson(String url, String... headers) {
        return json(url, headers).orElseThrow(() -> new AssertionError("Expected JSON from " + url));
    }

    ResponseBody getOrFail(String url, String... headers) {
        try {
            return get(url, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ResponseBody get(String url, String... headers) throws IOException {
        HttpResponse<InputStream> response = send(url, headers);
        boolean compressed = response.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equals)
                .isPresent();
        try (InputStream raw = response.body();
                InputStream in = compressed ? new GZIPInputStream(raw) : raw) {
            return new ResponseBody(response.statusCode(), firstValues(response), read(in));
        }
    }

    private HttpResponse<InputStream> send(String url, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        int tinyReads = 0;
        ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 16);
        byte[] buffer = new byte[1 << 16];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            body.write(buffer, 0, count);
            tinyReads += count < TINY_READ_BYTES ? 1 : 0;
            if (body.size() > MAX_BODY_BYTES || tinyReads > MAX_TINY_READS) {
                throw new IOException("Expected a body within the limits, got " + body.size() + " bytes so far");
            }
        }
        return body.toByteArray();
    }

    private static Map<String, String> firstValues(HttpResponse<?> response) {
        return response.headers().map().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get(0)));
    }
}

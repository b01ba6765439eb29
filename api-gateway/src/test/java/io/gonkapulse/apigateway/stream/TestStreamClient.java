package io.gonkapulse.apigateway.stream;

import static org.awaitility.Awaitility.await;

import io.gonkapulse.apigateway.support.TestGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of an event stream, which reads in the background. */
final class TestStreamClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpResponse<InputStream> response;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    private TestStreamClient(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "stream-client");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Opens a stream.
     *
     * @param headers names and values in turn
     */
    static TestStreamClient open(TestGateway gateway, String query, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url() + "/api/v1/stream?" + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new TestStreamClient(HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream()));
    }

    /** Waits until so many streams are open. A gateway notices only when it writes that a client is gone. */
    static void awaitOpen(TestGateway gateway, int streams) {
        await().atMost(TIMEOUT).pollInterval(Duration.ofSeconds(1)).until(() -> {
            gateway.advanceCacheTime(Duration.ofSeconds(15));
            return gateway.bean(StreamLimiter.class).open() == streams;
        });
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | RuntimeException e) {
            lines.add("failed: " + e);
        } finally {
            ended = true;
        }
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    List<String> lines() {
        return lines;
    }

    /** Waits for the n-th event of a type, from 1, and returns its data. */
    JsonNode awaitEvent(String type, int number) {
        await().atMost(TIMEOUT).until(() -> dataOf(type).size() >= number);
        return JSON.readTree(dataOf(type).get(number - 1));
    }

    private List<String> dataOf(String type) {
        List<String> read = List.copyOf(lines);
        return IntStream.range(0, read.size() - 1)
                .filter(i -> read.get(i).equals("event: " + type))
                .mapToObj(i -> read.get(i + 1).substring("data: ".length()))
                .toList();
    }

    void awaitLine(String line) {
        await().atMost(TIMEOUT).until(() -> lines.contains(line));
    }

    /** The id of the newest event that has one. */
    String lastEventId() {
        return lines.stream()
                .filter(line -> line.startsWith("id: "))
                .reduce((first, second) -> second)
                .orElseThrow()
                .substring("id: ".length());
    }

    void awaitEnd() {
        await().atMost(TIMEOUT).until(() -> ended);
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}

package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.localservers.LoopbackPort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/** A Kafka Connect worker in its own JVM with its own libraries, controlled over HTTP. */
final class KafkaConnectWorker implements AutoCloseable {

    private static final String PROGRAM = "org.apache.kafka.connect.cli.ConnectStandalone";
    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(100).toNanos();
    /** The worker scans its class path for plugins, which takes long on a busy machine. */
    private static final long START_TIMEOUT_NANOS = Duration.ofSeconds(90).toNanos();

    private static final int STOP_TIMEOUT_SECONDS = 30;

    /** No schema registry and no internal topics: a standalone worker suffices. */
    private static final String SETTINGS = """
            bootstrap.servers=%s
            listeners=http://127.0.0.1:%d
            offset.storage.file.filename=%s
            key.converter=org.apache.kafka.connect.converters.ByteArrayConverter
            value.converter=org.apache.kafka.connect.json.JsonConverter
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final Process process;
    private final URI connectors;

    private KafkaConnectWorker(Process process, int port) {
        this.process = process;
        this.connectors = URI.create("http://127.0.0.1:" + port + "/connectors/");
    }

    /** Returns when the worker responds. */
    static KafkaConnectWorker start(Path libraries, List<String> jvmOptions, String bootstrapServers, Path home) {
        int port = LoopbackPort.findFree();
        try {
            Path settings = Files.createDirectories(home).resolve("worker.properties");
            Files.writeString(settings, SETTINGS.formatted(bootstrapServers, port, home.resolve("offsets")));
            List<String> command = new ArrayList<>();
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(jvmOptions);
            command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
            command.add("-Dorg.jboss.logging.provider=slf4j");
            command.addAll(List.of("-cp", libraries + File.separator + "*", PROGRAM, settings.toString()));
            KafkaConnectWorker worker = new KafkaConnectWorker(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start(),
                    port);
            worker.awaitReady();
            return worker;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start a Kafka Connect worker", e);
        }
    }

    private void awaitReady() throws IOException {
        long start = System.nanoTime();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - start > START_TIMEOUT_NANOS) {
                close();
                throw new IllegalStateException("The Kafka Connect worker does not respond; see its log");
            }
            LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
        }
    }

    /** The worker opens its port before it serves requests. */
    private boolean isReady() throws IOException {
        try {
            return send(HttpRequest.newBuilder(connectors).build()).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    /**
     * Creates a connector; fails if it exists.
     *
     * @param settings settings of the connector, without its name
     */
    void create(String name, Map<String, String> settings) {
        HttpResponse<String> response = sendUnchecked(HttpRequest.newBuilder(connectors.resolve(name + "/config"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json.writeValueAsString(settings)))
                .build());
        require(response.statusCode() == 201, response);
    }

    /** Deletes a connector. Its consumer group remains, so each run uses a new name. */
    void delete(String name) {
        HttpResponse<String> response = sendUnchecked(
                HttpRequest.newBuilder(connectors.resolve(name)).DELETE().build());
        require(response.statusCode() == 204, response);
    }

    /** A failed task stays listed and does nothing, so its status must be checked. */
    void requireNoFailure(String name) {
        HttpResponse<String> response = sendUnchecked(
                HttpRequest.newBuilder(connectors.resolve(name + "/status")).build());
        require(!response.body().contains("FAILED"), response);
    }

    private static void require(boolean expected, HttpResponse<String> response) {
        if (!expected) {
            throw new IllegalStateException("Kafka Connect returned " + response.statusCode() + ": " + response.body());
        }
    }

    private HttpResponse<String> sendUnchecked(HttpRequest request) {
        try {
            return send(request);
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka Connect does not respond", e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during a request to Kafka Connect", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

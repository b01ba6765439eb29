package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.testkit.local.LoopbackPort;
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

/** A Kafka Connect worker in a JVM of its own, with libraries of its own, told over HTTP what to do. */
final class ConnectWorker implements AutoCloseable {

    private static final String PROGRAM = "org.apache.kafka.connect.cli.ConnectStandalone";
    private static final long BETWEEN_LOOKS = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_START = Duration.ofSeconds(90).toNanos();
    private static final int SECONDS_TO_END = 30;

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

    private ConnectWorker(Process process, int port) {
        this.process = process;
        this.connectors = URI.create("http://127.0.0.1:" + port + "/connectors/");
    }

    /** Returns when the worker answers. */
    static ConnectWorker start(Path libraries, List<String> jvmOptions, String bootstrapServers, Path home) {
        int port = LoopbackPort.free();
        try {
            Path settings = Files.createDirectories(home).resolve("worker.properties");
            Files.writeString(settings, SETTINGS.formatted(bootstrapServers, port, home.resolve("offsets")));
            List<String> command = new ArrayList<>();
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(jvmOptions);
            command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
            command.add("-Dorg.jboss.logging.provider=slf4j");
            command.addAll(List.of("-cp", libraries + File.separator + "*", PROGRAM, settings.toString()));
            ConnectWorker worker = new ConnectWorker(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start(),
                    port);
            worker.awaitAnswer();
            return worker;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start a Kafka Connect worker", e);
        }
    }

    private void awaitAnswer() throws IOException {
        long begin = System.nanoTime();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - begin > LONGEST_START) {
                close();
                throw new IllegalStateException("Expected the Kafka Connect worker to answer; its log says why not");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    private boolean answers() throws IOException {
        try {
            return ask(HttpRequest.newBuilder(connectors).build()).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    void create(String name, Map<String, String> settings) {
        HttpResponse<String> answer = told(HttpRequest.newBuilder(connectors.resolve(name + "/config"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json.writeValueAsString(settings)))
                .build());
        require(answer.statusCode() == 201, answer);
    }

    void delete(String name) {
        HttpResponse<String> answer =
                told(HttpRequest.newBuilder(connectors.resolve(name)).DELETE().build());
        require(answer.statusCode() == 204, answer);
    }

    /** A task that failed stays in place, and does nothing. */
    void requireNoFailure(String name) {
        HttpResponse<String> answer = told(
                HttpRequest.newBuilder(connectors.resolve(name + "/status")).build());
        require(!answer.body().contains("FAILED"), answer);
    }

    private static void require(boolean expected, HttpResponse<String> answer) {
        if (!expected) {
            throw new IllegalStateException("Kafka Connect answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private HttpResponse<String> told(HttpRequest request) {
        try {
            return ask(request);
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka Connect does not answer", e);
        }
    }

    private HttpResponse<String> ask(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Kafka Connect", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package io.gonkapulse.deploy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the health check script of the images against a server. */
@Tag("process")
class HealthCheckTest {

    @TempDir
    Path directory;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int status = statuses.get(Math.min(requests.size(), statuses.size() - 1));
            requests.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void checksReadyProgramOnce() throws Exception {
        statuses.add(200);

        assertThat(check(server.getAddress().getPort(), 60)).isZero();
        assertThat(requests).containsExactly("/actuator/health/readiness");
    }

    @Test
    void waitsUntilStartingProgramIsReady() throws Exception {
        statuses.addAll(List.of(503, 503, 200));

        assertThat(check(server.getAddress().getPort(), 60)).isZero();
        assertThat(requests).hasSize(3);
    }

    @Test
    void delaysCheckAfterReady() throws Exception {
        Path slept = directory.resolve("slept");
        Path sleep = Files.writeString(directory.resolve("sleep"), "#!/bin/bash\necho $1 >>" + slept + '\n');
        assertThat(sleep.toFile().setExecutable(true)).isTrue();
        statuses.add(200);

        assertThat(check(server.getAddress().getPort(), 60)).isZero();
        assertThat(slept).doesNotExist();
        assertThat(check(server.getAddress().getPort(), 60)).isZero();
        assertThat(slept).hasContent("60");
        assertThat(requests).hasSize(2);
    }

    @Test
    void checksAtOnceAfterFailure() throws Exception {
        int port = server.getAddress().getPort();
        statuses.add(200);
        assertThat(check(port, 60)).isZero();
        statuses.set(0, 503);
        assertThat(check(port, 1)).isEqualTo(1);
        requests.clear();
        statuses.set(0, 200);

        assertThat(check(port, 60)).isZero();
        assertThat(requests).hasSize(1);
        assertThat(directory).as("marker that delays the next check").isDirectoryContaining("glob:**/was-ready");
    }

    @Test
    void failsWhenNotReady() throws Exception {
        statuses.add(503);

        assertThat(check(server.getAddress().getPort(), 1)).isEqualTo(1);
        assertThat(requests).isNotEmpty();
    }

    @Test
    void failsWhenPortIsClosed() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThat(check(port, 1)).isEqualTo(1);
        assertThat(requests).isEmpty();
    }

    private int check(int port, int seconds) throws IOException, InterruptedException {
        ProcessBuilder script =
                new ProcessBuilder("compose/check-health", String.valueOf(seconds)).redirectErrorStream(true);
        script.environment().put("SERVER_PORT", String.valueOf(port));
        script.environment().remove("MANAGEMENT_SERVER_PORT");
        script.environment().put("TMPDIR", directory.toString());
        script.environment().merge("PATH", directory.toString(), (path, own) -> own + ':' + path);
        Process process = script.start();
        try {
            assertThat(new String(process.getInputStream().readAllBytes(), US_ASCII))
                    .isEmpty();
            assertThat(process.waitFor(120, SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        }
    }
}

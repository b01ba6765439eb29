package io.gonkapulse.trackerpoller.process;

import io.gonkapulse.testkit.process.ProgramProcess;
import io.gonkapulse.trackerpoller.TrackerPollerMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The program in its own process. A small heap reveals memory leaks. */
final class PollerProcess implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ProgramProcess program;

    private PollerProcess(ProgramProcess program) {
        this.program = program;
    }

    static PollerProcess start(PollerEnvironment settings, String... arguments) {
        return new PollerProcess(ProgramProcess.of(TrackerPollerMain.class)
                .heap("128m")
                .environment(settings.variables())
                .separateErrors()
                .arguments(arguments)
                .start());
    }

    boolean isAlive() {
        return program.isAlive();
    }

    void suspend() {
        program.suspend();
    }

    void resume() {
        program.resume();
    }

    /** Terminates the process and waits for its end. */
    void terminate() {
        program.terminate();
    }

    void kill() {
        program.kill();
    }

    /** Returns the exit code. */
    int awaitEnd() {
        return program.exitCode();
    }

    /** The lines of its standard output. */
    List<String> lines() {
        return program.outputText().lines().toList();
    }

    List<String> errors() {
        return program.errorText().lines().toList();
    }

    /** Sends a request to its web server, as soon as that is up. */
    HttpResponse<String> get(String path) {
        String port = program.awaitLine("Tomcat started on port (\\d+)").group(1);
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(TIMEOUT)
                    .build();
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(program.outputText(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}

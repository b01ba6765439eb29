package io.gonkapulse.benchmarks.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A tracker that responds after half a second, as a real one did for every page of the portal. */
final class SlowTrackerMain {

    private static final long MILLIS = 500;
    private static final byte[] BODY = "{}".getBytes(US_ASCII);

    private SlowTrackerMain() {}

    /** Reports the port. */
    public static void main(String[] args) throws IOException {
        Executor delayed = CompletableFuture.delayedExecutor(MILLIS, TimeUnit.MILLISECONDS);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> delayed.execute(() -> respond(exchange)));
        server.start();
        ForkedProcess.report(String.valueOf(server.getAddress().getPort()));
        ForkedProcess.awaitStop();
        server.stop(0);
        System.exit(0);
    }

    /** Runs on a scheduler, so that waiting requests occupy no threads. */
    private static void respond(HttpExchange exchange) {
        try (exchange) {
            exchange.sendResponseHeaders(200, BODY.length);
            exchange.getResponseBody().write(BODY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

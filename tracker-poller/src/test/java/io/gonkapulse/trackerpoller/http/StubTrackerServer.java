package io.gonkapulse.trackerpoller.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.networksimulator.http.LoopbackExchange;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer.ExchangeHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/** A real server with a configurable response. Records its requests. */
final class StubTrackerServer implements AutoCloseable {

    static final String JSON = "{\"epoch\":42}";
    private static final Map<String, String> JSON_TYPE = Map.of("Content-Type", "application/json");

    private final List<io.gonkapulse.networksimulator.http.RequestHead> requests = new CopyOnWriteArrayList<>();
    private final Set<LoopbackExchange> connections = ConcurrentHashMap.newKeySet();
    private final LoopbackHttpServer server;
    private volatile ExchangeHandler responder;

    private StubTrackerServer(ExchangeHandler first) {
        responder = first;
        server = LoopbackHttpServer.start(0, (request, exchange) -> {
            requests.add(request);
            connections.add(exchange);
            responder.handle(request, exchange);
        });
    }

    static StubTrackerServer respondingWith(ExchangeHandler responder) {
        return new StubTrackerServer(responder);
    }

    static StubTrackerServer returningJson() {
        return respondingWith(jsonResponse());
    }

    void respondWith(ExchangeHandler other) {
        responder = other;
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    int requestCount() {
        return requests.size();
    }

    /** The number of connections with at least one request. */
    int connections() {
        return connections.size();
    }

    /** A header of the last request, or "none". */
    String lastHeader(String name) {
        return requests.get(requests.size() - 1).header(name).orElse("none");
    }

    @Override
    public void close() {
        server.close();
    }

    static ExchangeHandler jsonResponse() {
        return bodyResponse(200, JSON_TYPE, JSON.getBytes(UTF_8));
    }

    static ExchangeHandler textResponse(String body) {
        return bodyResponse(200, JSON_TYPE, body.getBytes(UTF_8));
    }

    static ExchangeHandler statusResponse(int status) {
        return bodyResponse(status, JSON_TYPE, "{}".getBytes(UTF_8));
    }

    static ExchangeHandler statusResponse(int status, String header, String value) {
        return bodyResponse(status, Map.of(header, value), "{}".getBytes(UTF_8));
    }

    static ExchangeHandler bodyResponse(int status, Map<String, String> headers, byte[] body) {
        return (request, exchange) -> {
            try (OutputStream out = exchange.startResponse(status, headers)) {
                out.write(body);
            }
        };
    }

    static ExchangeHandler gzipResponse(byte[] body) {
        return bodyResponse(200, Map.of("Content-Encoding", "gzip"), body);
    }

    static byte[] compress(String body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Starts a response, then closes the connection. */
    static ExchangeHandler brokenResponse() {
        return (request, exchange) -> {
            OutputStream out = exchange.startResponse(200, JSON_TYPE);
            out.write(JSON.getBytes(UTF_8));
            out.flush();
            throw new IOException("cut by the test");
        };
    }

    /** Starts a response, then sends nothing more. */
    static ExchangeHandler stalledResponse() {
        return (request, exchange) -> {
            OutputStream out = exchange.startResponse(200, JSON_TYPE);
            out.write('{');
            out.flush();
            exchange.awaitServerClose(Duration.ofMinutes(1));
        };
    }

    /** Sends byte after byte with a pause in between, until the client disconnects. */
    static ExchangeHandler drippingResponse(int atOnce, Duration pause) {
        return (request, exchange) -> {
            OutputStream out = exchange.startResponse(200, JSON_TYPE);
            out.write("[".repeat(atOnce).getBytes(UTF_8));
            do {
                out.write('[');
                out.flush();
            } while (!exchange.awaitServerClose(pause));
        };
    }

    static ExchangeHandler silentResponse() {
        return (request, exchange) -> exchange.awaitServerClose(Duration.ofMinutes(1));
    }

    /** A JSON text of at least this many bytes. */
    static ExchangeHandler responseOfLength(long bytes) {
        return (request, exchange) -> {
            byte[] chunk = "[1,2,3,4,5,6,7,8,9],".repeat(800).getBytes(UTF_8);
            try (OutputStream out = exchange.startResponse(200, JSON_TYPE)) {
                for (long written = 0; written < bytes; written += chunk.length) {
                    out.write(chunk);
                }
            }
        };
    }
}

package io.gonkapulse.networksimulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.networksimulator.http.LoopbackHttpServer.ExchangeHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/** A real server with configured responses, for tests of HTTP clients. Records its requests. Thread-safe. */
public final class StubTrackerServer implements AutoCloseable {

    public static final String JSON = "{\"epoch\":42}";
    private static final Map<String, String> JSON_TYPE = Map.of("Content-Type", "application/json");
    private static final Map<String, String> HTML_TYPE = Map.of("Content-Type", "text/html");

    private final List<RequestHead> requests = new CopyOnWriteArrayList<>();
    private final Set<LoopbackExchange> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final LoopbackHttpServer server;
    private volatile ExchangeHandler responder = this::sendDocument;

    /** Starts a server that responds to each target with its document, and with 404 to others. */
    public StubTrackerServer() {
        server = LoopbackHttpServer.start(0, (request, exchange) -> {
            requests.add(request);
            connections.add(exchange);
            responder.handle(request, exchange);
        });
    }

    public static StubTrackerServer respondingWith(ExchangeHandler responder) {
        StubTrackerServer stub = new StubTrackerServer();
        stub.respondWith(responder);
        return stub;
    }

    public static StubTrackerServer returningJson() {
        return respondingWith(jsonResponse());
    }

    /** Replaces all responses. */
    public void respondWith(ExchangeHandler other) {
        responder = other;
    }

    /**
     * Sets the document of a path with its query. In JSON, single quotes become double quotes; HTML begins with an
     * angle bracket.
     */
    public StubTrackerServer respond(String target, String document) {
        documents.put(target, document.replace('\'', '"'));
        return this;
    }

    public StubTrackerServer respond(Map<String, String> all) {
        all.forEach(this::respond);
        return this;
    }

    public void remove(String target) {
        documents.remove(target);
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    public int requestCount() {
        return requests.size();
    }

    /** Paths with queries, in the order of the requests. */
    public List<String> requestedTargets() {
        return requests.stream().map(RequestHead::target).toList();
    }

    /** The number of connections with at least one request. */
    public int connections() {
        return connections.size();
    }

    /** A header of the last request, or "none". */
    public String lastHeader(String name) {
        return requests.get(requests.size() - 1).header(name).orElse("none");
    }

    /** The header's values, of the requests that have it. */
    public List<String> headers(String name) {
        return requests.stream()
                .map(request -> request.header(name))
                .flatMap(Optional::stream)
                .toList();
    }

    private void sendDocument(RequestHead request, LoopbackExchange exchange) throws IOException {
        String document = documents.get(request.target());
        ExchangeHandler response = document == null
                ? statusResponse(404)
                : bodyResponse(200, document.startsWith("<") ? HTML_TYPE : JSON_TYPE, document.getBytes(UTF_8));
        response.handle(request, exchange);
    }

    @Override
    public void close() {
        server.close();
    }

    public static ExchangeHandler jsonResponse() {
        return bodyResponse(200, JSON_TYPE, JSON.getBytes(UTF_8));
    }

    public static ExchangeHandler textResponse(String body) {
        return bodyResponse(200, JSON_TYPE, body.getBytes(UTF_8));
    }

    public static ExchangeHandler statusResponse(int status) {
        return bodyResponse(status, JSON_TYPE, "{}".getBytes(UTF_8));
    }

    public static ExchangeHandler statusResponse(int status, String header, String value) {
        return bodyResponse(status, Map.of(header, value), "{}".getBytes(UTF_8));
    }

    public static ExchangeHandler bodyResponse(int status, Map<String, String> headers, byte[] body) {
        return (request, exchange) -> {
            try (OutputStream out = exchange.startResponse(status, headers)) {
                out.write(body);
            }
        };
    }

    public static ExchangeHandler gzipResponse(byte[] body) {
        return bodyResponse(200, Map.of("Content-Encoding", "gzip"), body);
    }

    public static byte[] compress(String body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Starts a response, then closes the connection. */
    public static ExchangeHandler brokenResponse() {
        return (request, exchange) -> {
            OutputStream out = exchange.startResponse(200, JSON_TYPE);
            out.write(JSON.getBytes(UTF_8));
            out.flush();
            throw new IOException("cut by the test");
        };
    }

    /** Starts a response, then sends nothing more. */
    public static ExchangeHandler stalledResponse() {
        return (request, exchange) -> {
            OutputStream out = exchange.startResponse(200, JSON_TYPE);
            out.write('{');
            out.flush();
            exchange.awaitServerClose(Duration.ofMinutes(1));
        };
    }

    /** Sends byte after byte with a pause in between, until the client disconnects. */
    public static ExchangeHandler drippingResponse(int atOnce, Duration pause) {
        return (request, exchange) -> {
            OutputStream out = exchange.startResponse(200, JSON_TYPE);
            out.write("[".repeat(atOnce).getBytes(UTF_8));
            do {
                out.write('[');
                out.flush();
            } while (!exchange.awaitServerClose(pause));
        };
    }

    public static ExchangeHandler silentResponse() {
        return (request, exchange) -> exchange.awaitServerClose(Duration.ofMinutes(1));
    }

    /** A JSON text of at least this many bytes. */
    public static ExchangeHandler responseOfLength(long bytes) {
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

package io.gonkapulse.trackerpoller.trackerapi.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Responds to each path with its configured JSON, otherwise with 404. Records its requests. */
final class StubApiServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> responses = new ConcurrentHashMap<>();
    private final List<String> requestedPaths = new CopyOnWriteArrayList<>();
    private final List<String> heights = new CopyOnWriteArrayList<>();

    StubApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::respond);
        server.start();
    }

    /** Single quotes become double quotes. */
    StubApiServer respond(String path, String json) {
        responses.put(path, json.replace('\'', '"'));
        return this;
    }

    StubApiServer respond(Map<String, String> all) {
        all.forEach(this::respond);
        return this;
    }

    void remove(String path) {
        responses.remove(path);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> asked() {
        return new ArrayList<>(requestedPaths);
    }

    /** The heights of the height header. */
    List<String> heights() {
        return new ArrayList<>(heights);
    }

    private void respond(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        requestedPaths.add(path);
        String height = exchange.getRequestHeaders().getFirst("X-Cosmos-Block-Height");
        if (height != null) {
            heights.add(height);
        }
        String response = responses.getOrDefault(path, "{}");
        exchange.getResponseHeaders().set("Content-Type", response.startsWith("<") ? "text/html" : "application/json");
        byte[] body = response.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(responses.containsKey(path) ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

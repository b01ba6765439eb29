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

/** Answers each path with what it was told, and with 404 otherwise; remembers what it was asked. */
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
        server.createContext("/", this::answer);
        server.start();
    }

    /** With single quotes for double ones. */
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

    /** The heights that were named in headers. */
    List<String> heights() {
        return new ArrayList<>(heights);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        requestedPaths.add(path);
        String height = exchange.getRequestHeaders().getFirst("X-Cosmos-Block-Height");
        if (height != null) {
            heights.add(height);
        }
        String answer = responses.getOrDefault(path, "{}");
        exchange.getResponseHeaders().set("Content-Type", answer.startsWith("<") ? "text/html" : "application/json");
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(responses.containsKey(path) ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

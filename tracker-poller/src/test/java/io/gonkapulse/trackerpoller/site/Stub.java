package io.gonkapulse.trackerpoller.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.testkit.network.http.Exchange;
import io.gonkapulse.testkit.network.http.LoopbackServer;
import io.gonkapulse.testkit.network.http.Responder;
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

/** A real server that answers as it is told, and remembers what it was asked. */
final class Stub implements AutoCloseable {

    static final String JSON = "{\"epoch\":42}";
    private static final Map<String, String> JSON_TYPE = Map.of("Content-Type", "application/json");

    private final List<io.gonkapulse.testkit.network.http.Request> asked = new CopyOnWriteArrayList<>();
    private final Set<Exchange> connections = ConcurrentHashMap.newKeySet();
    private final LoopbackServer server;
    private volatile Responder responder;

    private Stub(Responder first) {
        responder = first;
        server = LoopbackServer.start(0, (request, exchange) -> {
            asked.add(request);
            connections.add(exchange);
            responder.respond(request, exchange);
        });
    }

    static Stub that(Responder responder) {
        return new Stub(responder);
    }

    static Stub good() {
        return that(json());
    }

    void answers(Responder other) {
        responder = other;
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    int times() {
        return asked.size();
    }

    /** On how many connections questions came. */
    int connections() {
        return connections.size();
    }

    /** A header of the last request, or "none". */
    String lastHeader(String name) {
        return asked.get(asked.size() - 1).header(name).orElse("none");
    }

    @Override
    public void close() {
        server.close();
    }

    static Responder json() {
        return body(200, JSON_TYPE, JSON.getBytes(UTF_8));
    }

    static Responder text(String body) {
        return body(200, JSON_TYPE, body.getBytes(UTF_8));
    }

    static Responder status(int status) {
        return body(status, JSON_TYPE, "{}".getBytes(UTF_8));
    }

    static Responder status(int status, String header, String value) {
        return body(status, Map.of(header, value), "{}".getBytes(UTF_8));
    }

    static Responder body(int status, Map<String, String> headers, byte[] body) {
        return (request, exchange) -> {
            try (OutputStream out = exchange.start(status, headers)) {
                out.write(body);
            }
        };
    }

    static Responder gzip(byte[] body) {
        return body(200, Map.of("Content-Encoding", "gzip"), body);
    }

    static byte[] zipped(String body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Begins well, and then the connection ends. */
    static Responder brokenOff() {
        return (request, exchange) -> {
            OutputStream out = exchange.start(200, JSON_TYPE);
            out.write(JSON.getBytes(UTF_8));
            out.flush();
            throw new IOException("cut by the test");
        };
    }

    /** Begins well, and then nothing comes any more. */
    static Responder stalled() {
        return (request, exchange) -> {
            OutputStream out = exchange.start(200, JSON_TYPE);
            out.write('{');
            out.flush();
            exchange.closesWithin(Duration.ofMinutes(1));
        };
    }

    /** Byte after byte with a pause in between, for as long as somebody listens. */
    static Responder dripping(int atOnce, Duration pause) {
        return (request, exchange) -> {
            OutputStream out = exchange.start(200, JSON_TYPE);
            out.write("[".repeat(atOnce).getBytes(UTF_8));
            do {
                out.write('[');
                out.flush();
            } while (!exchange.closesWithin(pause));
        };
    }

    static Responder silent() {
        return (request, exchange) -> exchange.closesWithin(Duration.ofMinutes(1));
    }

    /** A JSON text of many bytes that do not compress to nothing on their way. */
    static Responder ofLength(long bytes) {
        return (request, exchange) -> {
            byte[] chunk = "[1,2,3,4,5,6,7,8,9],".repeat(800).getBytes(UTF_8);
            try (OutputStream out = exchange.start(200, JSON_TYPE)) {
                for (long written = 0; written < bytes; written += chunk.length) {
                    out.write(chunk);
                }
            }
        };
    }
}

package io.gonkapulse.jobreporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.jobreporter.publishing.HttpEventPublisher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts events like the recorder, and refuses a whole request for one invalid line. */
final class EventSink implements AutoCloseable {

    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;

    private final JobEventCodec codec = new JobEventCodec();
    private final List<JobEvent> events = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private EventSink(HttpServer server) {
        this.server = server;
    }

    static EventSink start() throws IOException {
        EventSink sink =
                new EventSink(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        sink.server.createContext(HttpEventPublisher.PATH, sink::handle);
        sink.server.start();
        return sink;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        int status = ACCEPTED;
        try {
            events.addAll(
                    body.lines().map(line -> codec.decode(line.getBytes(UTF_8))).toList());
        } catch (RuntimeException e) {
            status = BAD_REQUEST;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    Map<String, String> settings() {
        return Map.of("JOBS_URL", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<JobEvent> events() {
        return events;
    }

    List<JobEventType> types() {
        return events.stream().map(JobEvent::type).toList();
    }

    JobEvent last() {
        return events.get(events.size() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

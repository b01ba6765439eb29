package io.gonkapulse.jobreporter.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gonkapulse.contracts.job.JobEventType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpEventPublisherTest {

    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();
    private volatile Responder responder = body -> 202;
    private final HttpServer server;
    private final EventPublisher publisher;

    HttpEventPublisherTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publisher = new HttpEventPublisher(uri("/"), "secret");
    }

    @BeforeEach
    void start() {
        server.createContext("/api/v1/jobs/events", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        bodies.add(body);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        exchange.getResponseHeaders().set("Retry-After", "7");
        exchange.sendResponseHeaders(responder.status(body), -1);
        exchange.close();
    }

    @Test
    void postsOneEventPerLine() throws InterruptedException {
        PublishResult result = publisher.publish(events("a", "b"));

        assertThat(result).isEqualTo(PublishResult.STORED);
        assertThat(bodies).containsExactly("a\nb\n");
        assertThat(authorizations).containsExactly("Bearer secret");
    }

    @Test
    void unavailableServerKeepsEvents() throws InterruptedException {
        responder = body -> 503;
        List<EncodedEvent> events = events("a", "b");

        PublishResult result = publisher.publish(events);

        assertThat(result.unsent()).isEqualTo(events);
        assertThat(result.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(result.failure()).contains("got 503");
    }

    @Test
    void oneBadEventIsIsolated() throws InterruptedException {
        responder = body -> body.contains("bad") ? 400 : 202;
        List<EncodedEvent> events = events("a", "b", "bad", "c", "d");

        PublishResult result = publisher.publish(events);

        assertThat(result.unsent()).isEmpty();
        assertThat(result.rejected()).containsExactly(events.get(2));
        assertThat(bodies.stream().filter(body -> !body.contains("bad"))).containsExactly("a\nb\n", "c\nd\n");
    }

    @Test
    void failureWhileIsolatingKeepsTheRest() throws InterruptedException {
        responder = body -> body.contains("bad") ? 400 : body.contains("c") ? 429 : 202;
        List<EncodedEvent> events = events("a", "bad", "c", "d");

        PublishResult result = publisher.publish(events);

        assertThat(result.rejected()).containsExactly(events.get(1));
        assertThat(result.unsent()).containsExactly(events.get(2), events.get(3));
    }

    @Test
    void largeBatchesAreSplit() throws InterruptedException {
        List<EncodedEvent> events =
                events(Stream.generate(() -> "x".repeat(60_000)).limit(100).toArray(String[]::new));

        PublishResult result = publisher.publish(events);

        assertThat(result.unsent()).isEmpty();
        assertThat(bodies).hasSize(2).allSatisfy(body -> assertThat(body).hasSizeLessThan(5_000_000));
    }

    @Test
    void unreachableServerKeepsEvents() throws InterruptedException {
        server.stop(0);
        List<EncodedEvent> events = events("a");

        PublishResult result = publisher.publish(events);

        assertThat(result.unsent()).isEqualTo(events);
        assertThat(result.failure()).contains("Cannot reach http://127.0.0.1");
    }

    private static List<EncodedEvent> events(String... lines) {
        return Stream.of(lines)
                .map(line -> new EncodedEvent(UUID.randomUUID(), JobEventType.HEARTBEAT, line.getBytes(UTF_8)))
                .toList();
    }

    /** Decides by the body of a request. */
    private interface Responder {
        int status(String body);
    }
}

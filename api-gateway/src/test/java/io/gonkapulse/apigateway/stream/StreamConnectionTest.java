package io.gonkapulse.apigateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.stream.StreamConnection.EndReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StreamConnectionTest {

    private final SlowOutputStream out = new SlowOutputStream();
    private final List<String> calls = new ArrayList<>();
    private long nanos;
    private boolean allowed = true;

    @Test
    void queuesUntilServerIsReady() throws IOException {
        StreamConnection connection = open();
        connection.send(message("a"));
        assertThat(out.text()).isEmpty();

        out.ready = true;
        connection.onWritePossible();
        connection.send(message("b"));

        assertThat(out.text()).isEqualTo("a flush b flush ");
    }

    @Test
    void keepsOrderWhileBlocked() throws IOException {
        StreamConnection connection = open();
        out.ready = true;
        connection.onWritePossible();
        out.ready = false;
        connection.send(message("a"));
        connection.send(message("b"));
        out.ready = true;
        connection.onWritePossible();

        assertThat(out.text()).isEqualTo("a b flush ");
    }

    @Test
    void fullQueueEndsStream() throws IOException {
        StreamConnection connection = open();
        for (int i = 0; i < StreamConnection.MAX_WAITING; i++) {
            connection.send(message("a"));
        }
        assertThat(calls).isEmpty();
        connection.send(message("a"));

        assertThat(calls).containsExactly("SLOW", "complete");
    }

    @Test
    void unreadMessageEndsStream() throws IOException {
        StreamConnection connection = open();
        nanos = 5;
        connection.endIfBlockedSince(0);
        assertThat(calls).isEmpty();
        connection.endIfBlockedSince(1);

        assertThat(calls).containsExactly("SLOW", "complete");
    }

    @Test
    void idleStreamStaysOpen() throws IOException {
        StreamConnection connection = open();
        out.ready = true;
        connection.onWritePossible();
        connection.endIfBlockedSince(1_000);

        assertThat(calls).isEmpty();
    }

    @Test
    void revokedKeyEndsStream() throws IOException {
        StreamConnection connection = open();
        connection.endIfRevoked();
        assertThat(calls).isEmpty();
        allowed = false;
        connection.endIfRevoked();

        assertThat(calls).containsExactly("REVOKED", "complete");
    }

    @Test
    void failedWriteEndsStreamOnce() throws IOException {
        StreamConnection connection = open();
        out.ready = true;
        out.broken = true;
        connection.send(message("a"));
        connection.onWritePossible();
        connection.send(message("b"));
        connection.end(EndReason.SHUTDOWN);

        assertThat(calls).containsExactly("CLIENT", "complete");
    }

    @Test
    void toleratesEndBeforeOpen() throws IOException {
        StreamConnection connection = create(StreamConnectionTest::refuseListener);
        connection.end(EndReason.SHUTDOWN);
        connection.open();

        assertThat(calls).containsExactly("SHUTDOWN");
    }

    @Test
    void refusedOpenEndsStream() throws IOException {
        create(StreamConnectionTest::refuseListener).open();

        assertThat(calls).containsExactly("CLIENT");
    }

    private static void refuseListener(String method) {
        if (method.equals("addListener")) {
            throw new IllegalStateException("The request has ended");
        }
    }

    private StreamConnection open() throws IOException {
        return create(calls::add);
    }

    private StreamConnection create(Consumer<String> async) throws IOException {
        return new StreamConnection(
                new StreamRequest(Set.of("gonka1a"), null, () -> allowed),
                StubServlet.async(out, async),
                message -> ((TextMessage) message).text().getBytes(UTF_8),
                () -> nanos,
                (connection, reason) -> calls.add(reason.name()));
    }

    private static StreamMessage message(String text) {
        return new TextMessage(text + ' ');
    }

    private record TextMessage(String text) implements StreamMessage {

        @Override
        public byte[] render(FreshnessPolicy freshness) {
            return text.getBytes(UTF_8);
        }
    }
}

package io.gonkapulse.apigateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.stream.StreamConnection.EndReason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamConnectionTest {

    private static final int MAX_WAITING = 1_000;

    private final SlowOutputStream out = new SlowOutputStream();
    private final List<String> calls = new ArrayList<>();
    private long nanos;

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
        for (int i = 0; i < MAX_WAITING; i++) {
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

    private StreamConnection open() throws IOException {
        ServletResponse response = proxy(
                ServletResponse.class,
                (self, method, arguments) -> method.getName().equals("getOutputStream") ? out : null);
        AsyncContext async = proxy(AsyncContext.class, (self, method, arguments) -> {
            if (method.getName().equals("getResponse")) {
                return response;
            }
            calls.add(method.getName());
            return null;
        });
        return new StreamConnection(
                Set.of("gonka1a"),
                null,
                async,
                message -> ((TextMessage) message).text().getBytes(UTF_8),
                () -> nanos,
                (connection, reason) -> calls.add(reason.name()));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
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

    /** Is ready only while the test says so. */
    private static final class SlowOutputStream extends ServletOutputStream {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean ready;
        private boolean broken;

        String text() {
            return written.toString(UTF_8);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("The test calls the listener");
        }

        @Override
        public void write(int oneByte) throws IOException {
            if (broken) {
                throw new IOException("The client is gone");
            }
            written.write(oneByte);
        }

        @Override
        public void flush() {
            written.writeBytes("flush ".getBytes(UTF_8));
        }
    }
}

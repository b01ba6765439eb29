package io.gonkapulse.benchmarks.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection that is kept and has at most one request under way. */
final class HttpClientConnection implements AutoCloseable {

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
    private final HttpAnswer answer = new HttpAnswer();
    private long since;
    private Request asked = new Request(0, "", 0);

    HttpClientConnection(int port, Selector selector) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /**
     * Sends a request.
     *
     * @param wantedAt when it should have been sent: what it waited for a connection counts as its time, too
     */
    void ask(Request request, long wantedAt) throws IOException {
        since = wantedAt;
        asked = request;
        answer.clear();
        ByteBuffer out = ByteBuffer.wrap(request.head().getBytes(ISO_8859_1));
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Whether the answer is whole now. */
    boolean read() throws IOException {
        in.clear();
        int count = channel.read(in);
        if (count < 0) {
            throw new EOFException("The server closed a connection that it should have kept");
        }
        answer.add(in.array(), count);
        return answer.whole();
    }

    HttpAnswer answer() {
        return answer;
    }

    Request asked() {
        return asked;
    }

    long since() {
        return since;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * What is sent.
     *
     * @param key of the node that it is about
     * @param expectedStatus of an answer that is not turned away
     */
    record Request(int key, String head, int expectedStatus) {}
}

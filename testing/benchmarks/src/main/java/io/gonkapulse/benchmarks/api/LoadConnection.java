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
final class LoadConnection implements AutoCloseable {

    private final SocketChannel channel;
    private final ByteBuffer readBuffer = ByteBuffer.allocate(64 * 1024);
    private final HttpResponseParser response = new HttpResponseParser();
    private long scheduledAt;
    private LoadRequest currentRequest = new LoadRequest(0, "", 0);

    LoadConnection(int port, Selector selector) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /**
     * Sends a request.
     *
     * @param dueAt when it should have been sent: what it waited for a connection counts as its time, too
     */
    void send(LoadRequest request, long dueAt) throws IOException {
        scheduledAt = dueAt;
        currentRequest = request;
        response.reset();
        ByteBuffer out = ByteBuffer.wrap(request.head().getBytes(ISO_8859_1));
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Whether the answer is whole now. */
    boolean readResponse() throws IOException {
        readBuffer.clear();
        int count = channel.read(readBuffer);
        if (count < 0) {
            throw new EOFException("The server closed a connection that it should have kept");
        }
        response.append(readBuffer.array(), count);
        return response.isComplete();
    }

    HttpResponseParser response() {
        return response;
    }

    LoadRequest currentRequest() {
        return currentRequest;
    }

    long scheduledAt() {
        return scheduledAt;
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
    record LoadRequest(int key, String head, int expectedStatus) {}
}

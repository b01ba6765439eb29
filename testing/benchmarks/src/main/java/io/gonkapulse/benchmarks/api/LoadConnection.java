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

/** A keep-alive connection with at most one request in flight. */
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
     * @param dueAt when the request was due: the wait for a free connection counts as latency
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

    /** Reads available bytes and returns whether the response is complete. */
    boolean readResponse() throws IOException {
        readBuffer.clear();
        int count = channel.read(readBuffer);
        if (count < 0) {
            throw new EOFException("The server closed a keep-alive connection");
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
     * A request to send.
     *
     * @param key number of the requested node
     * @param expectedStatus status of a response that is not rejected
     */
    record LoadRequest(int key, String head, int expectedStatus) {}
}

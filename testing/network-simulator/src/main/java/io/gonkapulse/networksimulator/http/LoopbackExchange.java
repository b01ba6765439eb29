package io.gonkapulse.networksimulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The response side of a connection, including ways to misuse it. Used by the thread of its connection only.
 */
public final class LoopbackExchange {

    private final Socket socket;
    private final OutputStream out;
    private final CountDownLatch serverClosed;

    LoopbackExchange(Socket socket, OutputStream out, CountDownLatch serverClosed) {
        this.socket = socket;
        this.out = out;
        this.serverClosed = serverClosed;
    }

    /**
     * Sends the status and headers. The body follows in chunks and ends when the stream is closed. Its length is not
     * declared, because faults add and withhold bytes.
     */
    public OutputStream startResponse(int status, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" -\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Transfer-Encoding: chunked\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
        return new ChunkedOutputStream(out);
    }

    /** Closes the connection with a TCP reset instead of an orderly end. */
    public void resetConnection() throws IOException {
        out.flush();
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Waits until the server closes, at most for {@code limit}. */
    public boolean awaitServerClose(Duration limit) throws IOException {
        try {
            return serverClosed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while delaying a response", e);
        }
    }

    /** Writes a body in HTTP chunks. */
    private static final class ChunkedOutputStream extends OutputStream {

        private static final byte[] LINE_END = {'\r', '\n'};
        private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        private final OutputStream out;
        private final byte[] chunk = new byte[16_384];
        private int filled;
        private boolean closed;

        ChunkedOutputStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            if (filled == chunk.length) {
                writeChunk();
            }
            chunk[filled++] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int written = 0;
            while (written < length) {
                if (filled == chunk.length) {
                    writeChunk();
                }
                int step = Math.min(length - written, chunk.length - filled);
                System.arraycopy(bytes, offset + written, chunk, filled, step);
                filled += step;
                written += step;
            }
        }

        @Override
        public void flush() throws IOException {
            writeChunk();
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            writeChunk();
            out.write(LAST_CHUNK);
            out.flush();
        }

        private void writeChunk() throws IOException {
            if (filled == 0) {
                return;
            }
            out.write(Integer.toHexString(filled).getBytes(StandardCharsets.US_ASCII));
            out.write(LINE_END);
            out.write(chunk, 0, filled);
            out.write(LINE_END);
            filled = 0;
        }
    }
}

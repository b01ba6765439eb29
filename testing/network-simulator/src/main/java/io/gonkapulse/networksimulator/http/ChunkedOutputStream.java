package io.gonkapulse.networksimulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a body in HTTP chunks. */
final class ChunkedOutputStream extends OutputStream {

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

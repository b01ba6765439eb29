package io.gonkapulse.apigateway.security;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.CloseNowException;

/**
 * Writes in parts and stops between two of them when the time is up. Tomcat's own timeout begins anew with each byte that the
 * client reads, so it does not bound the whole.
 */
final class WriteTimeoutStream extends ServletOutputStream {

    private static final int CHUNK_BYTES = 16 << 10;

    private final ServletOutputStream out;
    private final Duration timeout;
    private boolean started;
    private long startedNanos;

    WriteTimeoutStream(ServletOutputStream out, Duration timeout) {
        this.out = out;
        this.timeout = timeout;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int written = 0; written < length; written += CHUNK_BYTES) {
            checkTimeout();
            out.write(bytes, offset + written, Math.min(CHUNK_BYTES, length - written));
        }
    }

    @Override
    public void write(int oneByte) throws IOException {
        checkTimeout();
        out.write(oneByte);
    }

    /** Tomcat closes the connection on this exception, without a line in the log. */
    private void checkTimeout() throws IOException {
        long now = System.nanoTime();
        if (!started) {
            started = true;
            startedNanos = now;
        } else if (now - startedNanos > timeout.toNanos()) {
            throw new CloseNowException("The client did not read the response within " + timeout);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
    }
}

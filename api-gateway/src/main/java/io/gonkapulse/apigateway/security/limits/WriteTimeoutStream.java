package io.gonkapulse.apigateway.security.limits;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.CloseNowException;

/**
 * Writes in chunks and stops between two chunks after the timeout. Tomcat's own timeout restarts with each byte that
 * the client reads, so it does not limit the whole response.
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

    /** Tomcat closes the connection on this exception without a log entry. */
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

package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits the time that a client may take to read a response. */
@Component
@Order(0)
class WriteTimeoutFilter extends OncePerRequestFilter {

    private final Duration timeout;

    WriteTimeoutFilter(GatewayProperties properties) {
        this.timeout = properties.writeTimeout();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return ApiRequestMatcher.isStream(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new WriteTimeoutResponse(response, timeout));
    }

    /** A response with a limit on the time to write its body. */
    private static final class WriteTimeoutResponse extends HttpServletResponseWrapper {

        private final Duration timeout;
        private @Nullable WriteTimeoutStream stream;

        WriteTimeoutResponse(HttpServletResponse response, Duration timeout) {
            super(response);
            this.timeout = timeout;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            WriteTimeoutStream current = stream;
            if (current == null) {
                current = new WriteTimeoutStream(super.getOutputStream(), timeout);
                stream = current;
            }
            return current;
        }
    }

    /**
     * Writes in chunks and stops between two chunks after the timeout. Tomcat's own timeout restarts with each byte that
     * the client reads, so it does not limit the whole response.
     */
    static final class WriteTimeoutStream extends ServletOutputStream {

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
}

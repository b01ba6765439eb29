package io.gonkapulse.apigateway.security;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A response with a limit on the time to write its body. */
final class WriteTimeoutResponse extends HttpServletResponseWrapper {

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

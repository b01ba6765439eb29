package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
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
}

package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.http.ProblemWriter;
import io.gonkapulse.servicekit.metrics.PulseMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Limits the number of requests in process and rejects others with 429.
 *
 * <p>The response is buffered, and the permit is released before the first byte is sent. So a client that reads slowly
 * holds no permit.
 */
@Component
@Order(3)
class ConcurrencyLimitFilter extends OncePerRequestFilter {

    private final ConcurrencyLimiter concurrencyLimiter;
    private final UnreadResponseLimiter unreadLimiter;
    private final ProblemWriter problems;
    private final Counter rejected;

    ConcurrencyLimitFilter(
            GatewayProperties properties,
            UnreadResponseLimiter unreadLimiter,
            ProblemWriter problems,
            MeterRegistry meters) {
        this.concurrencyLimiter = new ConcurrencyLimiter(properties.maxInFlight());
        this.unreadLimiter = unreadLimiter;
        this.problems = problems;
        this.rejected = Counter.builder(PulseMeter.REQUESTS_REJECTED.id())
                .description(PulseMeter.REQUESTS_REJECTED.description())
                .register(meters);
        Gauge.builder(PulseMeter.REQUESTS_IN_FLIGHT.id(), concurrencyLimiter::inUse)
                .description(PulseMeter.REQUESTS_IN_FLIGHT.description())
                .register(meters);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !ApiRequestMatcher.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!concurrencyLimiter.tryAcquire()) {
            reject(response, "Too many concurrent requests; retry after a second");
            return;
        }
        ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, buffered);
        } finally {
            concurrencyLimiter.release();
        }
        writeResponse(RequestClient.networkOf(request.getRemoteAddr()), buffered, response);
    }

    private void writeResponse(String client, ContentCachingResponseWrapper buffered, HttpServletResponse response)
            throws IOException {
        int bytes = buffered.getContentSize();
        if (!unreadLimiter.acquire(client, bytes)) {
            response.setHeader(HttpHeaders.ETAG, null);
            reject(response, "Too many unread responses; read them first");
            return;
        }
        try {
            buffered.copyBodyToResponse();
        } finally {
            unreadLimiter.release(client, bytes);
        }
    }

    private void reject(HttpServletResponse response, String detail) throws IOException {
        rejected.increment();
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        problems.write(response, HttpStatus.TOO_MANY_REQUESTS, detail);
    }
}

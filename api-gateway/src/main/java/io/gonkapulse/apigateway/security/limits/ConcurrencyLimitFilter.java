package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.http.ProblemCode;
import io.gonkapulse.apigateway.http.ProblemWriter;
import io.gonkapulse.servicekit.http.RequestClient;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
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
        return !ApiRequestMatcher.matches(request) || ApiRequestMatcher.isStream(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!concurrencyLimiter.tryAcquire()) {
            reject(request, response, ProblemCode.OVERLOADED, "Too many concurrent requests; retry after a second");
            return;
        }
        ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, buffered);
        } finally {
            concurrencyLimiter.release();
        }
        writeResponse(request, buffered, response);
    }

    private void writeResponse(
            HttpServletRequest request, ContentCachingResponseWrapper buffered, HttpServletResponse response)
            throws IOException {
        String client = RequestClient.networkOf(request.getRemoteAddr());
        int bytes = buffered.getContentSize();
        if (!unreadLimiter.acquire(client, bytes)) {
            response.setHeader(HttpHeaders.ETAG, null);
            reject(request, response, ProblemCode.TOO_MANY_UNREAD, "Too many unread responses; read them first");
            return;
        }
        try {
            buffered.copyBodyToResponse();
        } finally {
            unreadLimiter.release(client, bytes);
        }
    }

    private void reject(HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
            throws IOException {
        rejected.increment();
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        problems.write(request, response, code, detail);
    }

    /**
     * Permits for a number of concurrent requests, with a short queue. The queue absorbs a burst, such as a page that sends
     * ten requests. After 100 ms without a free permit fewer requests may wait, because waiting would only delay them.
     */
    private static final class ConcurrencyLimiter {

        private static final int WAITING_PER_PERMIT = 4;
        private static final int SATURATED_WAITING_DIVISOR = 8;
        private static final long ACQUIRE_TIMEOUT_MILLIS = 25;
        private static final long SATURATED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

        private final int maxConcurrent;
        private final Semaphore permits;
        private final AtomicInteger waiting = new AtomicInteger();
        private volatile long lastFreeNanos = System.nanoTime();

        ConcurrencyLimiter(int maxConcurrent) {
            this.maxConcurrent = maxConcurrent;
            this.permits = new Semaphore(maxConcurrent);
        }

        /** Acquires a permit; waiting requests usually go first. The caller must {@link #release} it. */
        boolean tryAcquire() {
            if (!permits.hasQueuedThreads() && permits.tryAcquire()) {
                lastFreeNanos = System.nanoTime();
                return true;
            }
            try {
                return waiting.incrementAndGet() <= maxWaiting()
                        && permits.tryAcquire(ACQUIRE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                waiting.decrementAndGet();
            }
        }

        void release() {
            permits.release();
        }

        int inUse() {
            return maxConcurrent - permits.availablePermits();
        }

        private int maxWaiting() {
            int max = WAITING_PER_PERMIT * maxConcurrent;
            return System.nanoTime() - lastFreeNanos < SATURATED_AFTER_NANOS
                    ? max
                    : Math.max(1, max / SATURATED_WAITING_DIVISOR);
        }
    }
}

package io.gonkapulse.apigateway.limits;

import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.web.Problem;
import io.gonkapulse.apigateway.web.ProblemWriter;
import io.gonkapulse.servicekit.meters.Meter;
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
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Works on so many requests at once; those for whom no place comes free at once are
 * told to come back, instead of making all of them slow. */
@Component
@Order(3)
class InFlightFilter extends OncePerRequestFilter {

    private static final long LONGEST_WAIT_MILLIS = 15;

    private final Semaphore places;
    private final Semaphore waiting;
    private final ProblemWriter problems;
    private final Counter shed;

    InFlightFilter(GatewayProperties properties, ProblemWriter problems, MeterRegistry meters) {
        this.places = new Semaphore(properties.maxInFlight());
        this.waiting = new Semaphore(properties.maxInFlight());
        this.problems = problems;
        this.shed = Counter.builder(Meter.REQUESTS_SHED.id())
                .description(Meter.REQUESTS_SHED.meaning())
                .register(meters);
        Gauge.builder(Meter.REQUESTS_IN_FLIGHT.id(), () -> properties.maxInFlight() - places.availablePermits())
                .description(Meter.REQUESTS_IN_FLIGHT.meaning())
                .register(meters);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!placeFound()) {
            shed.increment();
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            problems.write(
                    response, Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Too much to do at once; try again shortly"));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }

    /** Who waits for a moment spares a client the way back; who would wait longer, or behind many, is told at once. */
    private boolean placeFound() {
        if (places.tryAcquire()) {
            return true;
        }
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            return places.tryAcquire(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }
}

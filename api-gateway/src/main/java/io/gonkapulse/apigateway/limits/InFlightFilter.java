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
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Works on so many requests at once; those for whom no place comes free in time are told to come back. A permit is for work: the
 * response is complete in memory before its first byte is written, and then the permit is free again.
 */
@Component
@Order(3)
class InFlightFilter extends OncePerRequestFilter {

    private final Places places;
    private final UnreadResponseLimiter unread;
    private final ProblemWriter problems;
    private final Counter shed;

    InFlightFilter(
            GatewayProperties properties, UnreadResponseLimiter unread, ProblemWriter problems, MeterRegistry meters) {
        this.places = new Places(properties.maxInFlight());
        this.unread = unread;
        this.problems = problems;
        this.shed = Counter.builder(Meter.REQUESTS_SHED.id())
                .description(Meter.REQUESTS_SHED.meaning())
                .register(meters);
        Gauge.builder(Meter.REQUESTS_IN_FLIGHT.id(), places::taken)
                .description(Meter.REQUESTS_IN_FLIGHT.meaning())
                .register(meters);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !ApiRequest.is(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!places.take()) {
            shed(response, "Too many requests at once; try again shortly");
            return;
        }
        ContentCachingResponseWrapper complete = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, complete);
        } finally {
            places.leave();
        }
        write(Client.site(request.getRemoteAddr()), complete, response);
    }

    private void write(String client, ContentCachingResponseWrapper complete, HttpServletResponse response)
            throws IOException {
        int bytes = complete.getContentSize();
        if (!unread.acquire(client, bytes)) {
            response.setHeader(HttpHeaders.ETAG, null);
            shed(response, "Too many responses are not read yet; read them first");
            return;
        }
        try {
            complete.copyBodyToResponse();
        } finally {
            unread.release(client, bytes);
        }
    }

    private void shed(HttpServletResponse response, String why) throws IOException {
        shed.increment();
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        problems.write(response, Problem.of(HttpStatus.TOO_MANY_REQUESTS, why));
    }
}

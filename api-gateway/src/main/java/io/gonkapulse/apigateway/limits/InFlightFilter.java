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

/** Works on so many requests at once; those for whom no place comes free in time are told to come back. */
@Component
@Order(3)
class InFlightFilter extends OncePerRequestFilter {

    private final Places places;
    private final ProblemWriter problems;
    private final Counter shed;

    InFlightFilter(GatewayProperties properties, ProblemWriter problems, MeterRegistry meters) {
        this.places = new Places(properties.maxInFlight());
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
            shed.increment();
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            problems.write(
                    response, Problem.of(HttpStatus.TOO_MANY_REQUESTS, "Too many requests at once; try again shortly"));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.leave();
        }
    }
}

package io.gonkapulse.apigateway.limits;

import io.gonkapulse.apigateway.keys.KeyRing;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.web.Problem;
import io.gonkapulse.apigateway.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows each client by its key or its address, and turns away who asks too often. */
@Component
@Order(2)
class ClientFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final GatewayProperties properties;
    private final KeyRing keys;
    private final RateLimiter limiter;
    private final ProblemWriter problems;

    ClientFilter(GatewayProperties properties, KeyRing keys, RateLimiter limiter, ProblemWriter problems) {
        this.properties = properties;
        this.keys = keys;
        this.limiter = limiter;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !ApiRequest.is(request) || request.getMethod().equals("OPTIONS");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Client> known = client(request);
        // Who guesses keys is counted, too.
        if (!limiter.allows(known.orElseGet(() -> address(request)), response)) {
            problems.write(
                    response, Problem.of(HttpStatus.TOO_MANY_REQUESTS, "Too many requests; Retry-After says when"));
        } else if (known.isEmpty()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(response, Problem.of(HttpStatus.UNAUTHORIZED, "A known API key is needed, in X-Api-Key"));
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Client> client(HttpServletRequest request) {
        String key = key(request);
        if (key != null) {
            return keys.find(key).map(known -> Client.withKey(known.name(), known.limit()));
        }
        return properties.anonymousRead() ? Optional.of(address(request)) : Optional.empty();
    }

    private Client address(HttpServletRequest request) {
        return Client.at(request.getRemoteAddr(), properties.rateLimit());
    }

    private static @Nullable String key(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length())
                : request.getHeader("X-Api-Key");
    }
}

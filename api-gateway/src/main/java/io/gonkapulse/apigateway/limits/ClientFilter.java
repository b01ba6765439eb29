package io.gonkapulse.apigateway.limits;

import io.gonkapulse.apigateway.keys.ApiKey;
import io.gonkapulse.apigateway.keys.KeyRing;
import io.gonkapulse.apigateway.keys.RequestRights;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.settings.KeyRight;
import io.gonkapulse.apigateway.web.Problem;
import io.gonkapulse.apigateway.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
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
        String sent = key(request);
        Optional<ApiKey> key = sent == null ? Optional.empty() : keys.find(sent);
        Optional<Client> known = sent == null ? anonymous(request) : key.map(ClientFilter::client);
        // Who guesses keys is counted, too.
        if (!limiter.allows(known.orElseGet(() -> address(request)), response)) {
            problems.write(
                    response, Problem.of(HttpStatus.TOO_MANY_REQUESTS, "Too many requests; Retry-After says when"));
        } else if (known.isEmpty()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(response, Problem.of(HttpStatus.UNAUTHORIZED, "A known API key is needed, in X-Api-Key"));
        } else {
            RequestRights.set(request, rights(key));
            chain.doFilter(request, response);
        }
    }

    private Set<KeyRight> rights(Optional<ApiKey> key) {
        Set<KeyRight> rights = EnumSet.noneOf(KeyRight.class);
        rights.addAll(properties.publicRights());
        key.ifPresent(known -> rights.addAll(known.rights()));
        return rights;
    }

    private static Client client(ApiKey key) {
        return Client.withKey(key.name(), key.limit());
    }

    private Optional<Client> anonymous(HttpServletRequest request) {
        return properties.anonymousRead() ? Optional.of(address(request)) : Optional.empty();
    }

    private Client address(HttpServletRequest request) {
        return Client.at(request.getRemoteAddr(), properties.rateLimit());
    }

    private static @Nullable String key(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        // The name of a scheme is written in any case (RFC 9110).
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : request.getHeader("X-Api-Key");
    }
}

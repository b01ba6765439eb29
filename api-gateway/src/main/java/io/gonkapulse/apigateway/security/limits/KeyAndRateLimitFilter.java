package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.apigateway.http.ProblemCode;
import io.gonkapulse.apigateway.http.ProblemWriter;
import io.gonkapulse.apigateway.security.keys.ApiKey;
import io.gonkapulse.apigateway.security.keys.ApiKeyRegistry;
import io.gonkapulse.apigateway.security.keys.RequestKeyContext;
import io.gonkapulse.apigateway.security.keys.RequestRightsContext;
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
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Identifies the client of an API request by key or address, and refuses it without a valid key or above its rate
 * limit.
 */
@Component
@Order(2)
class KeyAndRateLimitFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final GatewayProperties properties;
    private final ApiKeyRegistry keys;
    private final RateLimiter limiter;
    private final ProblemWriter problems;

    KeyAndRateLimitFilter(
            GatewayProperties properties, ApiKeyRegistry keys, RateLimiter limiter, ProblemWriter problems) {
        this.properties = properties;
        this.keys = keys;
        this.limiter = limiter;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !ApiRequestMatcher.matches(request) || request.getMethod().equals("OPTIONS");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String sent = readKey(request);
        Optional<ApiKey> key = sent == null ? Optional.empty() : keys.find(sent);
        Optional<RequestClient> known =
                sent == null ? anonymousClient(request) : key.map(KeyAndRateLimitFilter::clientByKey);
        // Requests with an unknown key count against the address: this limits guessing.
        if (!limiter.tryAcquire(known.orElseGet(() -> clientByAddress(request)), response)) {
            problems.write(
                    request,
                    response,
                    ProblemCode.RATE_LIMITED,
                    "Too many requests; retry after the seconds in Retry-After");
        } else if (known.isEmpty()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(
                    request,
                    response,
                    sent == null ? ProblemCode.KEY_REQUIRED : ProblemCode.KEY_UNKNOWN,
                    "A valid API key is required, in X-Api-Key");
        } else {
            RequestClientContext.set(request, known.get());
            key.ifPresent(valid -> RequestKeyContext.set(request, valid));
            RequestRightsContext.set(request, rights(key));
            chain.doFilter(request, response);
        }
    }

    private Set<KeyRight> rights(Optional<ApiKey> key) {
        Set<KeyRight> rights = EnumSet.noneOf(KeyRight.class);
        rights.addAll(properties.publicRights());
        key.ifPresent(known -> rights.addAll(known.rights()));
        return rights;
    }

    private static RequestClient clientByKey(ApiKey key) {
        return RequestClient.byKey(key.name(), key.limit());
    }

    private Optional<RequestClient> anonymousClient(HttpServletRequest request) {
        return properties.anonymousRead() ? Optional.of(clientByAddress(request)) : Optional.empty();
    }

    private RequestClient clientByAddress(HttpServletRequest request) {
        return RequestClient.byAddress(request.getRemoteAddr(), properties.rateLimit());
    }

    private static @Nullable String readKey(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        // The scheme is not case-sensitive (RFC 9110).
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : request.getHeader("X-Api-Key");
    }
}

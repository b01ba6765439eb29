package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.apigateway.http.ProblemCode;
import io.gonkapulse.apigateway.http.ProblemWriter;
import io.gonkapulse.apigateway.security.keys.RequestKeyContext;
import io.gonkapulse.apigateway.security.keys.RequestRightsContext;
import io.gonkapulse.servicekit.http.RateLimiter;
import io.gonkapulse.servicekit.http.RequestClient;
import io.gonkapulse.servicekit.http.SentKeyReader;
import io.gonkapulse.servicekit.keys.ApiKey;
import io.gonkapulse.servicekit.keys.ApiKeyRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
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

    private final GatewayProperties properties;
    private final ApiKeyRegistry<KeyRight> keys;
    private final RateLimiter limiter;
    private final ProblemWriter problems;

    KeyAndRateLimitFilter(
            GatewayProperties properties, ApiKeyRegistry<KeyRight> keys, RateLimiter limiter, ProblemWriter problems) {
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
        String sent = SentKeyReader.read(request);
        Optional<ApiKey<KeyRight>> key = sent == null ? Optional.empty() : keys.find(sent);
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

    private Set<KeyRight> rights(Optional<ApiKey<KeyRight>> key) {
        Set<KeyRight> rights = EnumSet.noneOf(KeyRight.class);
        rights.addAll(properties.publicRights());
        key.ifPresent(known -> rights.addAll(known.grants()));
        return rights;
    }

    private static RequestClient clientByKey(ApiKey<KeyRight> key) {
        return RequestClient.byKey(key.name(), key.limit());
    }

    private Optional<RequestClient> anonymousClient(HttpServletRequest request) {
        return properties.anonymousRead() ? Optional.of(clientByAddress(request)) : Optional.empty();
    }

    private RequestClient clientByAddress(HttpServletRequest request) {
        return RequestClient.byAddress(
                request.getRemoteAddr(), properties.rateLimit().rate());
    }
}

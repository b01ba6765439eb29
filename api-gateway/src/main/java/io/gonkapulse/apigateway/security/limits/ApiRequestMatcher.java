package io.gonkapulse.apigateway.security.limits;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Matches the requests of the API. It uses the same path matching as Spring's routes: a path has many spellings ({@code
 * /%61pi}, {@code /api;x}), and no spelling may bypass the filters.
 */
final class ApiRequestMatcher {

    private static final PathPattern ROUTES = PathPatternParser.defaultInstance.parse("/api/**");
    private static final PathPattern STREAM = PathPatternParser.defaultInstance.parse("/api/v1/stream");

    private ApiRequestMatcher() {}

    static boolean matches(HttpServletRequest request) {
        return ROUTES.matches(path(request));
    }

    /** Matches event streams. They have limits of their own: a buffered stream would never send anything. */
    static boolean isStream(HttpServletRequest request) {
        return STREAM.matches(path(request));
    }

    /** Several filters need the path. It is parsed once, by the first one. */
    private static PathContainer path(HttpServletRequest request) {
        RequestPath parsed = ServletRequestPathUtils.hasParsedRequestPath(request)
                ? ServletRequestPathUtils.getParsedRequestPath(request)
                : ServletRequestPathUtils.parseAndCache(request);
        return parsed.pathWithinApplication();
    }
}

package io.gonkapulse.apigateway.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which requests are the API's. Matched as Spring matches its routes: a path has many spellings ({@code /%61pi}, {@code
 * /api;x}), and what reaches a route must not look like something else here.
 */
final class ApiRequestMatcher {

    private static final PathPattern ROUTES = PathPatternParser.defaultInstance.parse("/api/**");

    private ApiRequestMatcher() {}

    static boolean matches(HttpServletRequest request) {
        return ROUTES.matches(ServletRequestPathUtils.parseAndCache(request).pathWithinApplication());
    }
}

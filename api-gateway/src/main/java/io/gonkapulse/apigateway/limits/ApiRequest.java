package io.gonkapulse.apigateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which requests are the API's. Matched as Spring matches its routes: a path has many spellings ({@code /%61pi}, {@code
 * /api;x}), and what reaches a route must not look like something else here.
 */
final class ApiRequest {

    private static final PathPattern ROUTES = PathPatternParser.defaultInstance.parse("/api/**");

    private ApiRequest() {}

    static boolean is(HttpServletRequest request) {
        return ROUTES.matches(ServletRequestPathUtils.parseAndCache(request).pathWithinApplication());
    }
}

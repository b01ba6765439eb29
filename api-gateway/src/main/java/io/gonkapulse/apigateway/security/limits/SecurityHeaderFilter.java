package io.gonkapulse.apigateway.security.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sets security headers on every response: no foreign content, no frames, no MIME sniffing. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class SecurityHeaderFilter extends OncePerRequestFilter {

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    /** Swagger UI sets inline styles. */
    private static final String DOCS_CONTENT_SECURITY_POLICY =
            CONTENT_SECURITY_POLICY + "; img-src 'self' data:; style-src 'self' 'unsafe-inline'";

    /** Tomcat handles an error after the filters, so they run again for its page. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        setHeaders(request, response);
        if (!ApiRequestMatcher.matches(request)) {
            // Otherwise a browser may combine files of two releases.
            response.setHeader("Cache-Control", "no-cache");
        }
        chain.doFilter(request, response);
    }

    static void setHeaders(HttpServletRequest request, HttpServletResponse response) {
        boolean docs = isDocs(request.getRequestURI());
        response.setHeader("Content-Security-Policy", docs ? DOCS_CONTENT_SECURITY_POLICY : CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    }

    /** A malformed request may have no path. */
    private static boolean isDocs(@Nullable String path) {
        return path != null && path.startsWith("/docs");
    }
}

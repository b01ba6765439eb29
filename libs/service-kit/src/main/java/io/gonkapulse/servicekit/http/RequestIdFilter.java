package io.gonkapulse.servicekit.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sets {@code X-Request-Id} on every response, and adds the id to every log entry of the request. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestIdFilter extends OncePerRequestFilter {

    private static final String LOG_FIELD = "requestId";

    /** Tomcat handles an error after the filters, so they run again for its page. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = RequestIdContext.requestId(request);
        response.setHeader(RequestIdContext.HEADER, id);
        MDC.put(LOG_FIELD, id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(LOG_FIELD);
        }
    }
}

package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.http.ProblemCode;
import io.gonkapulse.apigateway.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses an {@code Accept} header that names no media type. Spring fails on some of them, and each of its parts reads the
 * header in its own way.
 */
@Component
@Order(4)
class AcceptHeaderFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    AcceptHeaderFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.ACCEPT) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isValid(request)) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    request,
                    response,
                    ProblemCode.BAD_ACCEPT_HEADER,
                    "Accept: expected media types such as application/json, separated by commas");
        }
    }

    private static boolean isValid(HttpServletRequest request) {
        try {
            return !MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))
                    .isEmpty();
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}

package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.http.ProblemCode;
import io.gonkapulse.apigateway.http.ProblemWriter;
import io.gonkapulse.servicekit.http.RequestIdContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Allows pages of the configured origins to read the API. */
@Configuration(proxyBeanMethods = false)
class CorsFilterConfiguration {

    /**
     * Runs right after the filters that only set headers, so that pages of the configured origins can also read the
     * refusals of the other filters.
     */
    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter(GatewayProperties properties, ProblemWriter problems) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(properties.corsAllowedOrigins());
        allowed.addAllowedMethod("GET");
        allowed.addAllowedMethod("HEAD");
        allowed.addAllowedHeader("*");
        allowed.addExposedHeader(RequestIdContext.HEADER);
        allowed.addExposedHeader("Link");
        allowed.addExposedHeader("Content-Disposition");
        allowed.addExposedHeader("ETag");
        allowed.addExposedHeader("Retry-After");
        allowed.addExposedHeader("RateLimit");
        allowed.addExposedHeader("RateLimit-Policy");
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!properties.corsAllowedOrigins().isEmpty()) {
            source.registerCorsConfiguration("/api/**", allowed);
            source.registerCorsConfiguration("/v3/api-docs/**", allowed);
        }
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new ProblemCorsProcessor(problems));
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    /** Refuses other origins with a problem. */
    private static final class ProblemCorsProcessor extends DefaultCorsProcessor {

        private final ProblemWriter problems;

        ProblemCorsProcessor(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        public boolean processRequest(
                @Nullable CorsConfiguration allowed, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            if (super.processRequest(allowed, request, response)) {
                return true;
            }
            problems.write(
                    request,
                    response,
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    "Pages of this origin may not read the API; the operator can allow it");
            return false;
        }

        /** Nothing is written here, so that the problem can be. */
        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            response.setStatusCode(HttpStatus.FORBIDDEN);
        }
    }
}

package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Allows pages of the configured origins to read the API. */
@Configuration(proxyBeanMethods = false)
class CorsFilterConfiguration {

    /** The filter runs first, so that pages of the configured origins can also read the refusals of the other filters. */
    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter(GatewayProperties properties) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(properties.corsAllowedOrigins());
        allowed.addAllowedMethod("GET");
        allowed.addAllowedMethod("HEAD");
        allowed.addAllowedHeader("*");
        allowed.addExposedHeader("ETag");
        allowed.addExposedHeader("Retry-After");
        allowed.addExposedHeader("RateLimit");
        allowed.addExposedHeader("RateLimit-Policy");
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!properties.corsAllowedOrigins().isEmpty()) {
            source.registerCorsConfiguration("/api/**", allowed);
            source.registerCorsConfiguration("/v3/api-docs", allowed);
        }
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(new CorsFilter(source));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}

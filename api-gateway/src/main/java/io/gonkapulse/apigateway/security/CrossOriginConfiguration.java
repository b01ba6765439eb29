package io.gonkapulse.apigateway.security;

import io.gonkapulse.apigateway.config.GatewayProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Lets the pages of named origins read the API. A filter before the others, so that they can read its refusals too. */
@Configuration(proxyBeanMethods = false)
class CrossOriginConfiguration {

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

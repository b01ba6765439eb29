package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.servicekit.http.RateLimiter;
import io.gonkapulse.servicekit.http.RequestIdFilter;
import io.gonkapulse.servicekit.keys.ApiKeyRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys, rate limits and request ids that the gateway has in common with other programs. */
@Configuration(proxyBeanMethods = false)
class SharedFilterConfiguration {

    @Bean
    ApiKeyRegistry<KeyRight> apiKeys(GatewayProperties properties) {
        return new ApiKeyRegistry<>(properties.keysFile(), "GATEWAY_KEYS_FILE", KeyRight.FORMAT);
    }

    @Bean
    RateLimiter rateLimiter() {
        return new RateLimiter();
    }

    @Bean
    RequestIdFilter requestIdFilter() {
        return new RequestIdFilter();
    }
}

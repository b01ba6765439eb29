package io.gonkapulse.apigateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The root of component scanning. All beans of the gateway are found from here. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ApiGatewayConfiguration implements WebMvcConfigurer {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** Measures how long a cached response is reused. Unlike the clock it never goes back. */
    @Bean
    Ticker ticker() {
        return Ticker.systemTicker();
    }

    /** Spring would add the path of the request as {@code instance}, a field that the API does not have. */
    @Bean
    JsonMapperBuilderCustomizer problemsWithoutInstance() {
        return mapper -> mapper.withConfigOverride(
                ProblemDetail.class,
                override -> override.setIgnorals(JsonIgnoreProperties.Value.forIgnoredProperties("instance")));
    }

    /** Serves Swagger UI. Its files are in the jar, so that it works offline. */
    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addViewController("/docs").setViewName("forward:/docs/index.html");
        views.addViewController("/docs/").setViewName("forward:/docs/index.html");
    }
}

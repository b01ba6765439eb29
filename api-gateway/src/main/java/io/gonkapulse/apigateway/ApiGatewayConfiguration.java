package io.gonkapulse.apigateway;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
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

    /** Serves Swagger UI. Its files are in the jar, so that it works offline. */
    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addViewController("/docs").setViewName("forward:/docs/index.html");
        views.addViewController("/docs/").setViewName("forward:/docs/index.html");
    }
}

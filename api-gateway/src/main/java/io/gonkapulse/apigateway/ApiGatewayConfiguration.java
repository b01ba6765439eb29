package io.gonkapulse.apigateway;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Wires the service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ApiGatewayConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}

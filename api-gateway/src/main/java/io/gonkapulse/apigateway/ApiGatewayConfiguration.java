package io.gonkapulse.apigateway;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The root of component scanning. All beans of the gateway are found from here. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ApiGatewayConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}

package io.gonkapulse.benchmarks.api;

import io.gonkapulse.apigateway.ApiGatewayConfiguration;
import io.gonkapulse.benchmarks.fork.ForkedProgram;
import java.io.IOException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The real gateway, on any port. */
final class GatewayMain {

    private GatewayMain() {}

    public static void main(String[] args) throws IOException {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ApiGatewayConfiguration.class)
                .registerShutdownHook(false)
                .run(args)) {
            ForkedProgram.say(context.getEnvironment().getRequiredProperty("local.server.port"));
            ForkedProgram.untilTold();
        }
        System.exit(0);
    }
}

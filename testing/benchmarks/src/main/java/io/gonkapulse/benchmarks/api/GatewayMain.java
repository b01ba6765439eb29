package io.gonkapulse.benchmarks.api;

import io.gonkapulse.apigateway.ApiGatewayConfiguration;
import io.gonkapulse.benchmarks.process.ForkedProcess;
import java.io.IOException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs the production gateway on a free port. */
final class GatewayMain {

    private GatewayMain() {}

    /**
     * Reports the port.
     *
     * @param args Spring properties
     */
    public static void main(String[] args) throws IOException {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ApiGatewayConfiguration.class)
                .registerShutdownHook(false)
                .run(args)) {
            ForkedProcess.report(context.getEnvironment().getRequiredProperty("local.server.port"));
            ForkedProcess.awaitStop();
        }
        System.exit(0);
    }
}

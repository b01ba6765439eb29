package io.gonkapulse.apigateway;

import io.gonkapulse.apigateway.security.keys.KeysCommand;
import io.gonkapulse.servicekit.launch.ServiceApplication;
import java.time.InstantSource;

/** The main class. Runs the service, or the command {@code keys}. */
public final class ApiGatewayMain {

    private ApiGatewayMain() {}

    public static void main(String[] arguments) {
        System.exit(new ServiceApplication(
                        "api-gateway",
                        "Serves the stats and earnings of every node, and the dashboard.",
                        ApiGatewayConfiguration.class)
                .withJobReports("gateway", System.getenv(), InstantSource.system())
                .withCommand("keys", service -> new KeysCommand(InstantSource.system()))
                .run(arguments));
    }
}

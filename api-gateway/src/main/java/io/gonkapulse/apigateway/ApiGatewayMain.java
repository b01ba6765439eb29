package io.gonkapulse.apigateway;

import io.gonkapulse.apigateway.keys.KeysCommand;
import io.gonkapulse.servicekit.launch.ServiceProgram;
import java.time.InstantSource;

/** The program. */
public final class ApiGatewayMain {

    private ApiGatewayMain() {}

    public static void main(String[] arguments) {
        System.exit(new ServiceProgram(
                        "api-gateway",
                        "Serves fresh stats and exact earnings of every node, and the dashboard.",
                        ApiGatewayConfiguration.class)
                .with("keys", service -> new KeysCommand(InstantSource.system()))
                .run(arguments));
    }
}

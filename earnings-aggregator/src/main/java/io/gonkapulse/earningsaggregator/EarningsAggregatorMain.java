package io.gonkapulse.earningsaggregator;

import io.gonkapulse.earningsaggregator.rebuild.RebuildCommand;
import io.gonkapulse.earningsaggregator.verify.VerifyCommand;
import io.gonkapulse.servicekit.launch.ServiceApplication;
import io.gonkapulse.workercore.replay.DeadLetterCommand;
import java.time.InstantSource;
import java.util.Map;

/** Entry point of the service and of its commands. */
public final class EarningsAggregatorMain {

    private EarningsAggregatorMain() {}

    public static void main(String[] arguments) {
        System.exit(program().run(arguments));
    }

    private static ServiceApplication program() {
        return program(System.getenv());
    }

    static ServiceApplication program(Map<String, String> environment) {
        return new ServiceApplication(
                        "earnings-aggregator",
                        "Computes the daily earnings of every node, exact to the ngonka.",
                        EarningsAggregatorConfiguration.class)
                .withJobReports("earnings", environment, InstantSource.system())
                .withCommand("dlt", DeadLetterCommand::new)
                .withCommand("rebuild", RebuildCommand::new)
                .withCommand("verify", VerifyCommand::new);
    }
}

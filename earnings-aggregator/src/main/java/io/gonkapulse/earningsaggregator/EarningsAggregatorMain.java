package io.gonkapulse.earningsaggregator;

import io.gonkapulse.earningsaggregator.cli.RebuildCommand;
import io.gonkapulse.earningsaggregator.cli.VerifyCommand;
import io.gonkapulse.servicekit.launch.ServiceApplication;
import io.gonkapulse.workercore.replay.DeadLetterCommand;

/** Entry point of the service and of its commands. */
public final class EarningsAggregatorMain {

    private EarningsAggregatorMain() {}

    public static void main(String[] arguments) {
        System.exit(program().run(arguments));
    }

    static ServiceApplication program() {
        return new ServiceApplication(
                        "earnings-aggregator",
                        "Computes the daily earnings of every node, exact to the ngonka.",
                        EarningsAggregatorConfiguration.class)
                .withCommand("dlt", DeadLetterCommand::new)
                .withCommand("rebuild", RebuildCommand::new)
                .withCommand("verify", VerifyCommand::new);
    }
}

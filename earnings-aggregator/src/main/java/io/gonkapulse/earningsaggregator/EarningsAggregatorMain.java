package io.gonkapulse.earningsaggregator;

import io.gonkapulse.earningsaggregator.command.RebuildCommand;
import io.gonkapulse.earningsaggregator.command.VerifyCommand;
import io.gonkapulse.servicekit.launch.ServiceProgram;
import io.gonkapulse.workercore.deadletter.DltCommand;

/** Starts the program. */
public final class EarningsAggregatorMain {

    private EarningsAggregatorMain() {}

    public static void main(String[] arguments) {
        System.exit(program().run(arguments));
    }

    static ServiceProgram program() {
        return new ServiceProgram(
                        "earnings-aggregator",
                        "Rolls up what every node earned on each day, to the ngonka.",
                        EarningsAggregatorConfiguration.class)
                .with("dlt", DltCommand::new)
                .with("rebuild", RebuildCommand::new)
                .with("verify", VerifyCommand::new);
    }
}

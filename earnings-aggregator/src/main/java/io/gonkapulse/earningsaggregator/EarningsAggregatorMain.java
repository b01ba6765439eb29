package io.gonkapulse.earningsaggregator;

import io.gonkapulse.earningsaggregator.rebuild.RebuildCommand;
import io.gonkapulse.earningsaggregator.verify.VerifyCommand;
import io.gonkapulse.servicekit.launch.ServiceApplication;
import io.gonkapulse.workercore.replay.DeadLetterCommand;
import java.util.List;

/** Entry point of the service and of its commands. */
public final class EarningsAggregatorMain {

    /** Keeps library logs out of a command's output. */
    private static final List<String> QUIET = List.of(
            "--spring.main.log-startup-info=false",
            "--logging.level.root=warn",
            // Each short-lived consumer that reads offsets logs a warning per partition.
            "--logging.level.org.apache.kafka=error");

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
                .withCommand("rebuild", service -> new RebuildCommand(service, QUIET))
                .withCommand("verify", service -> new VerifyCommand(service, QUIET));
    }
}

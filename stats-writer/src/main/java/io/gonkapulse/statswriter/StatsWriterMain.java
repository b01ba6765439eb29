package io.gonkapulse.statswriter;

import io.gonkapulse.servicekit.launch.ServiceApplication;
import io.gonkapulse.statswriter.cli.ReplayCommand;
import io.gonkapulse.workercore.deadletter.DeadLetterCommand;

/** The program. */
public final class StatsWriterMain {

    private StatsWriterMain() {}

    public static void main(String[] arguments) {
        System.exit(new ServiceApplication(
                        "stats-writer",
                        "Keeps the freshest stats of every node, its health by the minute, and the state of trackers.",
                        StatsWriterConfiguration.class)
                .withCommand("dlt", DeadLetterCommand::new)
                .withCommand("replay", ReplayCommand::new)
                .run(arguments));
    }
}

package io.gonkapulse.statswriter;

import io.gonkapulse.servicekit.launch.ServiceApplication;
import io.gonkapulse.statswriter.snapshot.ReplayCommand;
import io.gonkapulse.workercore.replay.DeadLetterCommand;

/** Entry point of stats-writer.jar. */
public final class StatsWriterMain {

    private StatsWriterMain() {}

    public static void main(String[] arguments) {
        System.exit(program().run(arguments));
    }

    static ServiceApplication program() {
        return new ServiceApplication(
                        "stats-writer",
                        "Stores the newest stats of every node, its health per minute, and the state of trackers.",
                        StatsWriterConfiguration.class)
                .withCommand("dlt", DeadLetterCommand::new)
                .withCommand("replay", ReplayCommand::new);
    }
}

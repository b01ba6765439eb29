package io.gonkapulse.statswriter;

import io.gonkapulse.servicekit.launch.ServiceProgram;
import io.gonkapulse.statswriter.replay.ReplayCommand;
import io.gonkapulse.workercore.deadletter.DltCommand;

/** The program. */
public final class StatsWriterMain {

    private StatsWriterMain() {}

    public static void main(String[] arguments) {
        System.exit(new ServiceProgram(
                        "stats-writer",
                        "Keeps the freshest stats of every node, its health by the minute, and the state of trackers.",
                        StatsWriterConfiguration.class)
                .with("dlt", DltCommand::new)
                .with("replay", ReplayCommand::new)
                .run(arguments));
    }
}

package io.gonkapulse.statswriter;

import io.gonkapulse.servicekit.launch.ServiceApplication;
import io.gonkapulse.statswriter.snapshot.ReplayCommand;
import io.gonkapulse.workercore.replay.DeadLetterCommand;
import java.time.InstantSource;
import java.util.Map;

/** Entry point of stats-writer.jar. */
public final class StatsWriterMain {

    private StatsWriterMain() {}

    public static void main(String[] arguments) {
        System.exit(program().run(arguments));
    }

    private static ServiceApplication program() {
        return program(System.getenv());
    }

    static ServiceApplication program(Map<String, String> environment) {
        return new ServiceApplication(
                        "stats-writer",
                        "Stores the newest stats of every node, its health per minute, and the state of trackers.",
                        StatsWriterConfiguration.class)
                .withJobReports("stats", environment, InstantSource.system())
                .withCommand("dlt", DeadLetterCommand::new)
                .withCommand("replay", ReplayCommand::new);
    }
}

package io.gonkapulse.trackerpoller;

import io.gonkapulse.servicekit.launch.ServiceApplication;

/** Entry point of {@code tracker-poller.jar}. */
public final class TrackerPollerMain {

    private TrackerPollerMain() {}

    public static void main(String[] arguments) {
        System.exit(program().run(arguments));
    }

    static ServiceApplication program() {
        return new ServiceApplication(
                        "tracker-poller",
                        "Polls the configured trackers and publishes their snapshots to Kafka.",
                        TrackerPollerConfiguration.class)
                .withCommand("poll-once", PollOnceCommand::new)
                .withCommand("backfill", BackfillCommand::new);
    }
}

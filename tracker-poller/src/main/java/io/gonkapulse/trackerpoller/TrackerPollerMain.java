package io.gonkapulse.trackerpoller;

import io.gonkapulse.servicekit.launch.ServiceProgram;
import io.gonkapulse.trackerpoller.command.BackfillCommand;
import io.gonkapulse.trackerpoller.command.PollOnceCommand;

/** The program. */
public final class TrackerPollerMain {

    private TrackerPollerMain() {}

    public static void main(String[] arguments) {
        System.exit(new ServiceProgram(
                        "tracker-poller",
                        "Polls the configured trackers and publishes what they say to Kafka.",
                        TrackerPollerConfiguration.class)
                .with(
                        "poll-once",
                        service -> new PollOnceCommand(
                                service,
                                (context, name) ->
                                        context.getBean(TrackerFactory.class).tracker(name)))
                .with("backfill", BackfillCommand::new)
                .run(arguments));
    }
}

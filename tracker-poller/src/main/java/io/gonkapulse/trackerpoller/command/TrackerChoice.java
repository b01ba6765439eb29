package io.gonkapulse.trackerpoller.command;

import io.gonkapulse.trackerpoller.settings.PollerProperties;
import io.gonkapulse.trackerpoller.settings.TrackerProperties;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A tracker that the user names on the command line. */
final class TrackerChoice {

    private TrackerChoice() {}

    static TrackerProperties require(CommandSpec spec, PollerProperties properties, String name) {
        List<String> names =
                properties.trackers().stream().map(TrackerProperties::name).toList();
        return properties.trackers().stream()
                .filter(tracker -> tracker.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Expected the name of a configured tracker " + names + ", got \"" + name + '"'));
    }
}

package io.gonkapulse.trackerpoller.cli;

import io.gonkapulse.trackerpoller.config.PollerProperties;
import io.gonkapulse.trackerpoller.config.TrackerProperties;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds a configured tracker by the name from the command line. */
final class ConfiguredTrackerResolver {

    private ConfiguredTrackerResolver() {}

    static TrackerProperties resolve(CommandSpec spec, PollerProperties properties, String name) {
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

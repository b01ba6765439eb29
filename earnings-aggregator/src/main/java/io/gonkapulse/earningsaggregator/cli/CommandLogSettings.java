package io.gonkapulse.earningsaggregator.cli;

/** Spring arguments that keep library logs out of a command's output. */
final class CommandLogSettings {

    private static final String[] ARGUMENTS = {
        "--spring.main.log-startup-info=false",
        "--logging.level.root=warn",
        // Each short-lived consumer that reads offsets logs a warning per partition.
        "--logging.level.org.apache.kafka=error"
    };

    private CommandLogSettings() {}

    static String[] arguments() {
        return ARGUMENTS.clone();
    }
}

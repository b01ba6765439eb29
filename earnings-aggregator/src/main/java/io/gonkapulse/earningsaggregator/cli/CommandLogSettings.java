package io.gonkapulse.earningsaggregator.cli;

/** Settings with which a command's own words are not lost among those of its libraries. */
final class CommandLogSettings {

    private static final String[] ARGUMENTS = {
        "--spring.main.log-startup-info=false",
        "--logging.level.root=warn",
        // It warns of each partition of each consumer that asks for offsets and is gone then.
        "--logging.level.org.apache.kafka=error"
    };

    private CommandLogSettings() {}

    static String[] arguments() {
        return ARGUMENTS.clone();
    }
}

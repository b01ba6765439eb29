package io.gonkapulse.earningsaggregator.command;

/** Settings with which a command's own words are not lost among those of its libraries. */
final class Quiet {

    private static final String[] SETTINGS = {
        "--spring.main.log-startup-info=false",
        "--logging.level.root=warn",
        // It warns of each partition of each consumer that asks for offsets and is gone then.
        "--logging.level.org.apache.kafka=error"
    };

    private Quiet() {}

    static String[] settings() {
        return SETTINGS.clone();
    }
}

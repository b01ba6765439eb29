package io.gonkapulse.trackerpoller;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Runs commands in the test's JVM, with settings of the command line. */
public final class PollerCommands {

    private PollerCommands() {}

    /** Commands turn the log off; for the tests that follow it is turned on again. */
    public static CommandResult run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                TrackerPollerMain.program().run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        LoggingSystem.get(PollerCommands.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
        return new CommandResult(
                exitCode,
                out.toString().lines().toList(),
                err.toString().lines().toList());
    }

    /** What a command printed to stdout and stderr. */
    public record CommandResult(int exitCode, List<String> lines, List<String> errors) {}
}

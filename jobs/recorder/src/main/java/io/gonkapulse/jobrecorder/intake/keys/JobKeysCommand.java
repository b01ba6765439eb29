package io.gonkapulse.jobrecorder.intake.keys;

import io.gonkapulse.servicekit.keys.StoredKeysCommand;
import io.gonkapulse.servicekit.reporting.CommandReport;
import io.gonkapulse.servicekit.settings.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The command {@code keys}: creates, lists and revokes the keys of those who report jobs over HTTP. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Creates, lists and revokes keys for reporting jobs over HTTP.")
public final class JobKeysCommand extends StoredKeysCommand<BotPattern> {

    private static final int SECONDS = 60;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:RECORDER_KEYS_FILE}",
            description = "File of keys (default: RECORDER_KEYS_FILE).")
    private @Nullable Path file;

    public JobKeysCommand(InstantSource clock) {
        super(clock, "RECORDER_KEYS_FILE", BotPattern.FORMAT);
    }

    @Override
    protected @Nullable Path file() {
        return file;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Creates a key and prints it once.")
    int createKey(
            @Mixin CommandReport report,
            @Parameters(paramLabel = "NAME", description = "Name of the key: letters, digits, . _ -") String name,
            @Option(
                            names = "--bots",
                            required = true,
                            paramLabel = "PATTERNS",
                            description = "Bots to report for, separated by commas; * is any text: 'nightly-*,backup'.")
                    String bots,
            @Option(
                            names = "--requests-per-minute",
                            defaultValue = "3000",
                            paramLabel = "N",
                            description = "Requests per minute (default ${DEFAULT-VALUE}).")
                    int requests)
            throws IOException {
        if (bots.isBlank()) {
            throw new SettingException("--bots: expected at least one bot id or pattern, got nothing");
        }
        if (requests < 1) {
            throw new SettingException("--requests-per-minute: expected 1 or more, got " + requests);
        }
        return create(report, name, requests, SECONDS, bots);
    }
}

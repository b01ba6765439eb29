package io.gonkapulse.apigateway.security.keys;

import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.servicekit.keys.StoredKeysCommand;
import io.gonkapulse.servicekit.reporting.CommandReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The command {@code keys}: creates, lists and revokes API keys. */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "Creates, lists and revokes API keys.")
public final class KeysCommand extends StoredKeysCommand<KeyRight> {

    @Option(
            names = "--file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:GATEWAY_KEYS_FILE}",
            description = "File of keys (default: GATEWAY_KEYS_FILE).")
    private @Nullable Path file;

    public KeysCommand(InstantSource clock) {
        super(clock, "GATEWAY_KEYS_FILE", KeyRight.FORMAT);
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
                            names = "--requests",
                            defaultValue = "3000",
                            paramLabel = "N",
                            description = "Requests per period (default ${DEFAULT-VALUE}).")
                    int requests,
            @Option(
                            names = "--per-seconds",
                            defaultValue = "60",
                            paramLabel = "S",
                            description = "Length of the period in seconds (default ${DEFAULT-VALUE}).")
                    int seconds,
            @Option(
                            names = "--rights",
                            defaultValue = "",
                            paramLabel = "RIGHTS",
                            description =
                                    "Access to non-public data, separated by commas: trackers, jobs, relays (default none).")
                    String rights)
            throws IOException {
        return create(report, name, requests, seconds, rights);
    }
}

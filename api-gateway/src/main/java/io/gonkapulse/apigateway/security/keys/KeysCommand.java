package io.gonkapulse.apigateway.security.keys;

import io.gonkapulse.apigateway.core.GatewayProperties.RateLimit;
import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.servicekit.settings.SettingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code keys}: creates, lists and revokes API keys. */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "Creates, lists and revokes API keys.")
public final class KeysCommand {

    private final InstantSource clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:GATEWAY_KEYS_FILE}",
            description = "File of keys (default: GATEWAY_KEYS_FILE).")
    private @Nullable Path file;

    public KeysCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Creates a key and prints it once.")
    int create(
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
        if (!name.matches("[A-Za-z0-9._-]{1,64}") || requests < 1 || seconds < 1) {
            throw new SettingException("NAME: expected 1 to 64 letters, digits, . _ - ; and --requests and "
                    + "--per-seconds of 1 or more");
        }
        RateLimit.invalidReason(requests, Duration.ofSeconds(seconds)).ifPresent(reason -> {
            throw new SettingException("--requests and --per-seconds: " + reason);
        });
        Set<KeyRight> granted = ApiKey.parseRights(rights);
        List<ApiKey> keys = new ArrayList<>(keyFile().read().keys());
        if (keys.stream().anyMatch(key -> key.name().equals(name))) {
            throw new SettingException("NAME: there is a key \"" + name + "\" already; revoke it first");
        }
        String key = ApiKey.generateKey(new SecureRandom());
        RateLimit limit = new RateLimit(requests, Duration.ofSeconds(seconds));
        keys.add(new ApiKey(
                name,
                ApiKey.sha256(key),
                limit,
                Instant.ofEpochSecond(clock.instant().getEpochSecond()),
                granted));
        keyFile().write(keys);
        out().println(key);
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists names, limits and rights of the keys.")
    int list() throws IOException {
        KeyFile.Content content = keyFile().read();
        content.keys()
                .forEach(key -> out().println(key.name() + "  " + key.limit().requests() + " per "
                        + key.limit().period().toSeconds() + " s  since " + key.createdAt()
                        + (key.rights().isEmpty() ? "" : "  rights " + key.formatRights())));
        content.problems().forEach(problem -> err().println("Invalid " + problem));
        return 0;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a key immediately.")
    int revoke(@Parameters(paramLabel = "NAME", description = "Name of the key.") String name) throws IOException {
        List<ApiKey> keys = keyFile().read().keys();
        List<ApiKey> remaining =
                keys.stream().filter(key -> !key.name().equals(name)).toList();
        if (remaining.size() == keys.size()) {
            throw new SettingException("NAME: there is no key \"" + name + '"');
        }
        keyFile().write(remaining);
        return 0;
    }

    /** The option has the environment as its default, so a missing file means that neither is set. */
    private KeyFile keyFile() {
        if (file == null) {
            throw new SettingException("GATEWAY_KEYS_FILE is missing: set it, or pass --file");
        }
        return new KeyFile(file);
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        return spec.commandLine();
    }
}

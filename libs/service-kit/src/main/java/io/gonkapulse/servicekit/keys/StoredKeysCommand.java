package io.gonkapulse.servicekit.keys;

import io.gonkapulse.servicekit.reporting.CommandReport;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The part of a command {@code keys} that all programs share; each adds its options and {@code create}. */
public abstract class StoredKeysCommand<G extends Comparable<? super G>> {

    private final InstantSource clock;
    private final String setting;
    private final KeyGrantFormat<G> format;

    @Spec
    private @Nullable CommandSpec spec;

    /** @param setting that names the file */
    protected StoredKeysCommand(InstantSource clock, String setting, KeyGrantFormat<G> format) {
        this.clock = clock;
        this.setting = setting;
        this.format = format;
    }

    /** The option has the environment as its default, so null means that neither is set. */
    protected abstract @Nullable Path file();

    /**
     * Adds a key and prints it.
     *
     * @param grants separated by commas
     */
    protected final int create(CommandReport report, String name, int requests, int seconds, String grants)
            throws IOException {
        if (!name.matches("[A-Za-z0-9._-]{1,64}") || requests < 1 || seconds < 1) {
            throw new SettingException("NAME: expected 1 to 64 letters, digits, . _ - ; and --requests and "
                    + "--per-seconds of 1 or more");
        }
        RequestRate.invalidReason(requests, Duration.ofSeconds(seconds)).ifPresent(reason -> {
            throw new SettingException("--requests and --per-seconds: " + reason);
        });
        Set<G> granted = ApiKey.parseGrants(grants, format);
        List<ApiKey<G>> keys = new ArrayList<>(keyFile().read().keys());
        if (keys.stream().anyMatch(key -> key.name().equals(name))) {
            throw new SettingException("NAME: there is a key \"" + name + "\" already; revoke it first");
        }
        String key = ApiKey.generateKey(new SecureRandom());
        keys.add(new ApiKey<>(
                name,
                ApiKey.sha256(key),
                new RequestRate(requests, Duration.ofSeconds(seconds)),
                Instant.ofEpochSecond(clock.instant().getEpochSecond()),
                granted));
        keyFile().write(keys);
        report.result("keys", keys.size());
        out().println(key);
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the names and limits of the keys, and what each gives access to.")
    public final int list() throws IOException {
        KeyFile.Content<G> content = keyFile().read();
        content.keys()
                .forEach(key -> out().println(key.name() + "  " + key.limit().requests() + " per "
                        + key.limit().period().toSeconds() + " s  since " + key.createdAt()
                        + (key.grants().isEmpty() ? "" : "  " + format.noun() + " " + key.formatGrants(format))));
        content.problems().forEach(problem -> err().println("Invalid " + problem));
        return 0;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a key immediately.")
    public final int revoke(
            @Mixin CommandReport report, @Parameters(paramLabel = "NAME", description = "Name of the key.") String name)
            throws IOException {
        List<ApiKey<G>> keys = keyFile().read().keys();
        List<ApiKey<G>> remaining =
                keys.stream().filter(key -> !key.name().equals(name)).toList();
        if (remaining.size() == keys.size()) {
            throw new SettingException("NAME: there is no key \"" + name + '"');
        }
        keyFile().write(remaining);
        report.result("keys", remaining.size());
        return 0;
    }

    private KeyFile<G> keyFile() {
        Path file = file();
        if (file == null) {
            throw new SettingException(setting + " is missing: set it, or pass --file");
        }
        return new KeyFile<>(file, format);
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

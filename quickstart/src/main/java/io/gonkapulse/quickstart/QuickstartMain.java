package io.gonkapulse.quickstart;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.localservers.DirectoryRefusedException;
import io.gonkapulse.localservers.PortInUseException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Command line of the quickstart. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        subcommands = {CheckCommand.class, NetworkCommand.class},
        versionProvider = QuickstartMain.QuickstartVersionProvider.class,
        usageHelpWidth = 110,
        sortOptions = false,
        description = {
            "Runs all of Gonka Pulse in one process over a simulated Gonka network, until Ctrl-C.",
            "Data persists between starts. It listens on this machine only."
        },
        footer = {
            "",
            "With Maven, options are properties: ./mvnw -Pquickstart -Dquickstart.fresh=true",
            "Exit codes: 0 done, 1 failed, 2 invalid option, port taken, or data directory in use."
        })
public final class QuickstartMain implements Callable<Integer> {

    @Mixin
    private final QuickstartOptions options = new QuickstartOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private QuickstartMain() {}

    QuickstartOptions options() {
        return options;
    }

    /** The system clock, for all subcommands. */
    InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public Integer call() {
        try {
            options.validate();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
        }
        InstantSource clock = clock();
        return new QuickstartRunner(options, new QuickstartConsole(System.out, clock), clock).runUntilStopped();
    }

    /** The version comes from the jar's manifest; classes that run from Maven have none. */
    static final class QuickstartVersionProvider implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = QuickstartMain.class.getPackage().getImplementationVersion();
            return new String[] {"quickstart " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Prints expected failures as one line; only unexpected ones show a stack trace. */
    private static int handleFailure(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof PortInUseException || failure instanceof DirectoryRefusedException) {
            command.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        throw failure;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new QuickstartMain())
                .setExecutionExceptionHandler(QuickstartMain::handleFailure)
                .execute(args));
    }
}

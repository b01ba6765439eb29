package io.gonkapulse.quickstart;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.localservers.DirectoryRefusedException;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.localservers.PortInUseException;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.quickstart.RunningProperties.SimulationSize;
import io.gonkapulse.servicekit.reporting.CommandReport;
import io.gonkapulse.servicekit.reporting.CommandReporter;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Command line of the quickstart. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        versionProvider = QuickstartMain.QuickstartVersionProvider.class,
        usageHelpWidth = 110,
        sortOptions = false,
        description = {
            "Runs all of Gonka Pulse in one process until Ctrl-C, over a simulated Gonka network or, with --tracker,",
            "over the real one. Data persists between starts. It listens on this machine only."
        },
        footer = {
            "",
            "With Maven, options are properties: ./mvnw -Pquickstart -Dquickstart.fresh=true",
            "When all parts are ready, running.properties in the data directory has their addresses.",
            "Exit codes: 0 done, 1 failed, 2 invalid option, port taken, or data directory in use."
        })
public final class QuickstartMain implements Callable<Integer> {

    /** Differences that {@code check} prints; a longer list would hide the summary. */
    private static final int MAX_SHOWN = 20;

    @Mixin
    private final QuickstartOptions options = new QuickstartOptions();

    private final InstantSource clock = InstantSource.system();

    @Spec
    private @Nullable CommandSpec spec;

    private QuickstartMain() {}

    @Override
    public Integer call() {
        validateOptions();
        return new QuickstartRunner(options, new QuickstartConsole(System.out, clock), clock).runUntilStopped();
    }

    private void validateOptions() {
        try {
            options.validate();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            usageHelpWidth = 110,
            description = {
                "Compares every day of every node in the history with the simulated network, to the ngonka,",
                "while the quickstart runs. Exits with 0 if all are equal, else with 1 and a list."
            })
    int check(@Mixin CommandReport report) {
        CommandLine command = requireNonNull(spec).commandLine();
        try {
            RunningProperties running = RunningProperties.read(options.directory);
            SimulationSize size = running.simulation()
                    .orElseThrow(() -> new ParameterException(
                            command,
                            "check compares with the simulated network, and this quickstart polls a real one"));
            EarningsCheck.CheckResult result = compareHistory(running, size);
            print(result, command.getOut());
            report.result("compared", result.compared());
            report.result("different", result.differences().size());
            return result.differences().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (RunningProperties.NotRunningException e) {
            command.getErr().println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private EarningsCheck.CheckResult compareHistory(RunningProperties running, SimulationSize size) {
        SimulatedNetwork network = SimulatedNetwork.of(QuickstartOptions.networkPlan(size.seed(), size.nodes()), clock);
        try (Connection connection = DriverManager.getConnection(running.database(), LocalDatabase.USERNAME, "")) {
            return new EarningsCheck(network, clock, running.kafka()).run(connection);
        } catch (SQLException e) {
            throw new RunningProperties.NotRunningException(
                    "The database does not respond (" + e.getMessage() + ")", e);
        }
    }

    private static void print(EarningsCheck.CheckResult result, PrintWriter out) {
        int wrong = result.differences().size();
        result.differences().entrySet().stream()
                .limit(MAX_SHOWN)
                .forEach(day -> out.println(day.getKey() + ": " + day.getValue()));
        out.println(String.format(
                Locale.ROOT,
                "Days of nodes compared: %,d; equal: %,d; different: %,d",
                result.compared(),
                result.compared() - wrong,
                wrong));
        out.flush();
    }

    @Command(
            name = "network",
            mixinStandardHelpOptions = true,
            usageHelpWidth = 110,
            description = {
                "Runs only the simulated network until Ctrl-C: a tracker and a chain node for services that run"
                        + " elsewhere",
                "on this machine, or with --listen in containers. Options before the command: --nodes, --seed,"
                        + " --tracker-port",
                "and --chain-port."
            })
    int network(
            @Option(
                            names = "--listen",
                            paramLabel = "ADDRESS",
                            defaultValue = "127.0.0.1",
                            description =
                                    "Listen address (default 127.0.0.1); 0.0.0.0 accepts connections from other machines.")
                    String listen)
            throws InterruptedException {
        validateOptions();
        if (options.realTracker().isPresent()) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(), "network runs the simulated network: omit --tracker");
        }
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        SimulatedNetwork network = SimulatedNetwork.of(options.networkPlan(), clock);
        try (SimulatedEndpoint tracker = network.openTracker(new InetSocketAddress(listen, options.ports.tracker()));
                SimulatedEndpoint chain = network.openNode(new InetSocketAddress(listen, options.ports.chain()))) {
            out.println("tracker  " + tracker.url() + "  " + options.nodes + " participants");
            out.println("chain    " + chain.url());
            out.flush();
            new CountDownLatch(1).await();
            return CommandLine.ExitCode.OK;
        }
    }

    /** The version comes from the jar's manifest; classes that run from Maven have none. */
    static final class QuickstartVersionProvider implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = QuickstartMain.class.getPackage().getImplementationVersion();
            return new String[] {"quickstart " + (version == null ? "(not packaged)" : version)};
        }
    }

    private static int handleInvalidOption(ParameterException failure, String[] arguments) {
        failure.getCommandLine().getErr().println(failure.getMessage() + " (see --help)");
        return CommandLine.ExitCode.USAGE;
    }

    /** Prints expected failures as one line; only unexpected ones show a stack trace. */
    private static int handleFailure(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof PortInUseException || failure instanceof DirectoryRefusedException) {
            command.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        // The simulated network could not listen: the port is taken, or the address is not of this machine.
        if (failure.getCause() instanceof BindException cause) {
            command.getErr().println(failure.getMessage() + " (" + cause.getMessage() + ")");
            return CommandLine.ExitCode.USAGE;
        }
        throw failure;
    }

    static CommandLine commandLine() {
        return new CommandLine(new QuickstartMain())
                .setParameterExceptionHandler(QuickstartMain::handleInvalidOption)
                .setExecutionExceptionHandler(QuickstartMain::handleFailure);
    }

    public static void main(String[] args) {
        System.exit(new CommandReporter("quickstart", "quickstart", System.getenv(), InstantSource.system())
                .execute(commandLine(), List.of(), args));
    }
}

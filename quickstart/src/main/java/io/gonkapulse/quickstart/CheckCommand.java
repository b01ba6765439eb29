package io.gonkapulse.quickstart;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The subcommand {@code check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        description = {
            "Compares every day of every node in the history with the simulated network, to the ngonka,",
            "while the quickstart runs. Exits with 0 if all are equal, else with 1 and a list."
        })
final class CheckCommand implements Callable<Integer> {

    /** A longer list would hide the summary. */
    private static final int MAX_SHOWN = 20;

    @ParentCommand
    private @Nullable QuickstartMain quickstart;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        try {
            return check(requireNonNull(quickstart).options(), quickstart.clock());
        } catch (RunningProperties.NotRunningException e) {
            err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private int check(QuickstartOptions options, InstantSource clock) {
        RunningProperties running = RunningProperties.read(options.directory);
        SimulatedNetwork network =
                SimulatedNetwork.of(QuickstartOptions.networkPlan(running.seed(), running.nodes()), clock);
        try (Connection connection = DriverManager.getConnection(running.database(), LocalDatabase.USERNAME, "")) {
            return print(new EarningsCheck(network, clock, running.kafka()).run(connection));
        } catch (SQLException e) {
            throw new RunningProperties.NotRunningException(
                    "The database does not respond (" + e.getMessage() + ")", e);
        }
    }

    private int print(EarningsCheck.CheckResult result) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
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
        return wrong == 0 ? 0 : 1;
    }
}

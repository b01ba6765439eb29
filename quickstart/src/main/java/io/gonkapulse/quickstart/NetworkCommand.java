package io.gonkapulse.quickstart;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The subcommand {@code network}. */
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
final class NetworkCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable QuickstartMain quickstart;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Listen address (default 127.0.0.1); 0.0.0.0 accepts connections from other machines.")
    private String listen = "127.0.0.1";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        QuickstartOptions options = requireNonNull(quickstart).options();
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        SimulatedNetwork network = SimulatedNetwork.of(
                options.networkPlan(), requireNonNull(quickstart).clock());
        try (SimulatedEndpoint tracker = network.openTracker(new InetSocketAddress(listen, options.trackerPort));
                SimulatedEndpoint chain = network.openNode(new InetSocketAddress(listen, options.chainPort))) {
            out.println("tracker  " + tracker.url() + "  " + options.nodes + " participants");
            out.println("chain    " + chain.url());
            out.flush();
            new CountDownLatch(1).await();
            return CommandLine.ExitCode.OK;
        }
    }
}

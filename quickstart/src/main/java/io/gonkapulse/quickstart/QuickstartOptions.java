package io.gonkapulse.quickstart;

import io.gonkapulse.networksimulator.model.NetworkPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of the quickstart; each is also a property of its Maven profile. */
final class QuickstartOptions {

    /** More than two months, so that the chain node still knows the settlement time of every past epoch. */
    private static final int RETAINED_BLOCKS = 1_000_000;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = "${sys:quickstart.dir:-.quickstart}",
            description = "Data directory (-Dquickstart.dir; default .quickstart).")
    Path directory = Path.of(".quickstart");

    @Option(
            names = "--fresh",
            arity = "0..1",
            paramLabel = "true|false",
            defaultValue = "${sys:quickstart.fresh:-false}",
            fallbackValue = "true",
            description = "Delete the data first (-Dquickstart.fresh=true).")
    boolean fresh;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "${sys:quickstart.nodes:-500}",
            description = "Participants of the simulated network (-Dquickstart.nodes; default 500).")
    int nodes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "${sys:quickstart.seed:-1}",
            description = "Seed of the simulated network; the same seed and size give the same network"
                    + " (-Dquickstart.seed; default 1).")
    long seed;

    @Option(
            names = "--only",
            paramLabel = "SERVICE",
            split = ",",
            defaultValue = "${sys:quickstart.only}",
            description = "Start only these services: stats-writer, earnings-aggregator, job-recorder, api,"
                    + " tracker-poller (-Dquickstart.only=api,stats-writer). Servers, schemas and network start in any"
                    + " case.")
    @Nullable
    List<String> only;

    @Option(
            names = "--without",
            paramLabel = "SERVICE",
            split = ",",
            defaultValue = "${sys:quickstart.without}",
            description = "Start all services but these (-Dquickstart.without=tracker-poller).")
    @Nullable
    List<String> without;

    @Option(
            names = "--tracker",
            paramLabel = "URL",
            defaultValue = "${sys:quickstart.tracker}",
            description = "Poll this tracker or chain node of the real network in the place of the simulated one"
                    + " (-Dquickstart.tracker=URL). A data directory keeps one network.")
    @Nullable
    String trackerUrl;

    @Option(
            names = "--tracker-kind",
            paramLabel = "KIND",
            defaultValue = "${sys:quickstart.tracker.kind:-gonka-tracker}",
            description = "Its type: gonka-tracker or gonka-node (-Dquickstart.tracker.kind; default gonka-tracker).")
    String trackerKind = RealTracker.TRACKER;

    @Mixin
    QuickstartPorts ports = new QuickstartPorts();

    /** Rejects invalid values before anything starts. */
    void validate() {
        networkPlan();
        ports.validate();
        services();
        realTracker();
    }

    Set<QuickstartService> services() {
        return QuickstartService.select(only, without);
    }

    /** Empty if the network is simulated. */
    Optional<RealTracker> realTracker() {
        return Optional.ofNullable(trackerUrl).map(url -> RealTracker.of(url, trackerKind));
    }

    /** The simulated network that these options describe. */
    NetworkPlan networkPlan() {
        return networkPlan(seed, nodes);
    }

    /** Also used by {@code check}, which must recreate exactly the network of the running quickstart. */
    static NetworkPlan networkPlan(long seed, int nodes) {
        return NetworkPlan.defaults().seed(seed).participants(nodes).retainedBlocks(RETAINED_BLOCKS);
    }
}

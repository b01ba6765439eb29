package io.gonkapulse.quickstart;

import io.gonkapulse.networksimulator.model.NetworkPlan;
import java.nio.file.Path;
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
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.postgres.port:-15432}",
            description = "Port of PostgreSQL (-Dquickstart.postgres.port; default 15432; 0: a free one, also below)")
    int postgresPort;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.kafka.port:-19092}",
            description = "Port of Kafka (-Dquickstart.kafka.port; default 19092)")
    int kafkaPort;

    @Option(
            names = "--tracker-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.tracker.port:-9101}",
            description = "Port of the simulated tracker (-Dquickstart.tracker.port; default 9101)")
    int trackerPort;

    @Option(
            names = "--chain-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.chain.port:-9102}",
            description = "Port of the simulated chain node (-Dquickstart.chain.port; default 9102)")
    int chainPort;

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.api.port:-8080}",
            description = "Port of the API (-Dquickstart.api.port; default 8080)")
    int apiPort;

    @Option(
            names = "--poller-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.poller.port:-8081}",
            description = "Port of the tracker-poller (-Dquickstart.poller.port; default 8081)")
    int pollerPort;

    @Option(
            names = "--stats-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.stats.port:-8082}",
            description = "Port of the stats-writer (-Dquickstart.stats.port; default 8082)")
    int statsPort;

    @Option(
            names = "--earnings-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.earnings.port:-8083}",
            description = "Port of the earnings-aggregator (-Dquickstart.earnings.port; default 8083)")
    int earningsPort;

    /** Rejects invalid values before anything starts. */
    void validate() {
        networkPlan();
        validatePort("--postgres-port", postgresPort);
        validatePort("--kafka-port", kafkaPort);
        validatePort("--tracker-port", trackerPort);
        validatePort("--chain-port", chainPort);
        validatePort("--api-port", apiPort);
        validatePort("--poller-port", pollerPort);
        validatePort("--stats-port", statsPort);
        validatePort("--earnings-port", earningsPort);
    }

    /** The simulated network that these options describe. */
    NetworkPlan networkPlan() {
        return networkPlan(seed, nodes);
    }

    /** Also used by {@code check}, which must recreate exactly the network of the running quickstart. */
    static NetworkPlan networkPlan(long seed, int nodes) {
        return NetworkPlan.defaults().seed(seed).participants(nodes).retainedBlocks(RETAINED_BLOCKS);
    }

    private static void validatePort(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(option + ": expected a port from 0 to 65535, got " + port);
        }
    }
}

package io.gonkapulse.quickstart;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Ports of the parts; each option is also a property of the Maven profile. A part listens on 0 to get a free port. */
final class QuickstartPorts {

    @Option(
            names = "--free-ports",
            arity = "0..1",
            paramLabel = "true|false",
            defaultValue = "${sys:quickstart.free-ports:-false}",
            fallbackValue = "true",
            description = "Take a free port for every part without a port option (-Dquickstart.free-ports=true);"
                    + " running.properties has the addresses.")
    boolean free;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.postgres.port}",
            description = "Port of PostgreSQL (-Dquickstart.postgres.port; default 15432; 0: a free one, also below)")
    @Nullable
    Integer postgres;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.kafka.port}",
            description = "Port of Kafka (-Dquickstart.kafka.port; default 19092)")
    @Nullable
    Integer kafka;

    @Option(
            names = "--tracker-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.tracker.port}",
            description = "Port of the simulated tracker (-Dquickstart.tracker.port; default 9101)")
    @Nullable
    Integer tracker;

    @Option(
            names = "--chain-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.chain.port}",
            description = "Port of the simulated chain node (-Dquickstart.chain.port; default 9102)")
    @Nullable
    Integer chain;

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.api.port}",
            description = "Port of the API (-Dquickstart.api.port; default 8080)")
    @Nullable
    Integer api;

    @Option(
            names = "--poller-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.poller.port}",
            description = "Port of the tracker-poller (-Dquickstart.poller.port; default 8081)")
    @Nullable
    Integer poller;

    @Option(
            names = "--stats-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.stats.port}",
            description = "Port of the stats-writer (-Dquickstart.stats.port; default 8082)")
    @Nullable
    Integer stats;

    @Option(
            names = "--earnings-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.earnings.port}",
            description = "Port of the earnings-aggregator (-Dquickstart.earnings.port; default 8083)")
    @Nullable
    Integer earnings;

    @Option(
            names = "--jobs-port",
            paramLabel = "PORT",
            defaultValue = "${sys:quickstart.jobs.port}",
            description = "Port of the job-recorder (-Dquickstart.jobs.port; default 8084)")
    @Nullable
    Integer jobs;

    int postgres() {
        return port(postgres, 15_432);
    }

    int kafka() {
        return port(kafka, 19_092);
    }

    int tracker() {
        return port(tracker, 9101);
    }

    int chain() {
        return port(chain, 9102);
    }

    int api() {
        return port(api, 8080);
    }

    int poller() {
        return port(poller, 8081);
    }

    int stats() {
        return port(stats, 8082);
    }

    int earnings() {
        return port(earnings, 8083);
    }

    int jobs() {
        return port(jobs, 8084);
    }

    private int port(@Nullable Integer chosen, int usual) {
        if (chosen != null) {
            return chosen;
        }
        return free ? 0 : usual;
    }

    /** Rejects invalid ports before anything starts. */
    void validate() {
        validate("--postgres-port", postgres());
        validate("--kafka-port", kafka());
        validate("--tracker-port", tracker());
        validate("--chain-port", chain());
        validate("--api-port", api());
        validate("--poller-port", poller());
        validate("--stats-port", stats());
        validate("--earnings-port", earnings());
        validate("--jobs-port", jobs());
    }

    private static void validate(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(option + ": expected a port from 0 to 65535, got " + port);
        }
    }
}

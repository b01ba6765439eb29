package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class QuickstartOptionsTest {

    @Test
    void portsHaveDefaults() {
        QuickstartPorts ports = options().ports;
        assertThat(new int[] {ports.postgres(), ports.kafka(), ports.tracker(), ports.chain()})
                .containsExactly(15_432, 19_092, 9101, 9102);
        assertThat(new int[] {ports.api(), ports.poller(), ports.stats(), ports.earnings(), ports.jobs()})
                .containsExactly(8080, 8081, 8082, 8083, 8084);
    }

    @Test
    void freePortsKeepChosenOnes() {
        QuickstartPorts ports = options("--free-ports", "--api-port=8090").ports;
        assertThat(ports.api()).isEqualTo(8090);
        assertThat(new int[] {
                    ports.postgres(),
                    ports.kafka(),
                    ports.tracker(),
                    ports.chain(),
                    ports.poller(),
                    ports.stats(),
                    ports.earnings(),
                    ports.jobs()
                })
                .containsOnly(0);
    }

    @Test
    void startsAllServicesByDefault() {
        assertThat(options().services()).containsExactly(QuickstartService.values());
    }

    @Test
    void choosesServices() {
        assertThat(options("--only=tracker-poller,api").services())
                .containsExactly(QuickstartService.API, QuickstartService.TRACKER_POLLER);
        assertThat(options("--without=api", "--without=tracker-poller").services())
                .containsExactly(
                        QuickstartService.STATS_WRITER,
                        QuickstartService.EARNINGS_AGGREGATOR,
                        QuickstartService.JOB_RECORDER);
    }

    @Test
    void acceptsTrackerWithSlashAtEnd() {
        assertThat(options("--tracker=https://tracker.example/").realTracker())
                .contains(new RealTracker("https://tracker.example", "gonka-tracker"));
        assertThat(options("--tracker=http://node.example:8000/gonka", "--tracker-kind=gonka-node")
                        .realTracker())
                .contains(new RealTracker("http://node.example:8000/gonka", "gonka-node"));
    }

    private static QuickstartOptions options(String... arguments) {
        QuickstartOptions options = CommandLine.populateCommand(new QuickstartOptions(), arguments);
        options.validate();
        return options;
    }
}

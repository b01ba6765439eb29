package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that fail, as the user sees them. */
@Tag("process")
class QuickstartStartupTest {

    @TempDir
    private Path home;

    @Test
    void stopsWhenPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                QuickstartProcess quickstart = QuickstartProcess.start(
                        data(), QuickstartProcess.OWN_PROGRAMS, "--kafka-port=" + taken.getLocalPort())) {
            assertThat(quickstart.exitCode()).isEqualTo(2);
            assertThat(quickstart.outputText()).contains("Port " + taken.getLocalPort() + " is taken, and Kafka");
            assertThat(QuickstartProcess.postgresProcessesIn(data())).isEmpty();
        }
    }

    @Test
    void refusesForeignDirectory() throws Exception {
        Path precious = Files.writeString(home.resolve("document"), "keep me");
        try (QuickstartProcess quickstart = QuickstartProcess.start(home, "--fresh")) {
            assertThat(quickstart.exitCode()).isEqualTo(2);
            assertThat(quickstart.outputText()).contains("was not created by quickstart");
            assertThat(precious).hasContent("keep me");
        }
    }

    @Test
    void startsChosenServices() throws Exception {
        try (QuickstartProcess quickstart =
                QuickstartProcess.startAndAwaitReady(data(), "--nodes=3", "--only=api,stats-writer")) {
            assertThat(RunningProperties.read(data()).values())
                    .containsOnlyKeys(
                            "database",
                            "kafka",
                            "nodes",
                            "seed",
                            "tracker.url",
                            "chain.url",
                            "api.url",
                            "stats-writer.url");
            assertThat(quickstart.api().get("/api/v1/nodes").get("items")).isEmpty();
            assertThat(quickstart.api().get("/api/v1/network").get("simulated").asBoolean())
                    .isTrue();
            quickstart.terminate();
            assertThat(quickstart.outputText()).doesNotContain("Earnings", "Job recorder", "Tracker poller");
        }
    }

    private Path data() {
        return home.resolve("data");
    }
}

package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
                QuickstartProcess quickstart = QuickstartProcess.start(data(), "--kafka-port=" + taken.getLocalPort())
                        .awaitEnd()) {
            assertThat(quickstart.exitCode()).isEqualTo(2);
            assertThat(quickstart.outputText()).contains("Port " + taken.getLocalPort() + " is taken, and Kafka");
            assertThat(QuickstartProcess.postgresProcessesIn(data())).isEmpty();
        }
    }

    @Test
    void refusesForeignDirectory() throws Exception {
        Path precious = Files.writeString(home.resolve("document"), "keep me");
        try (QuickstartProcess quickstart =
                QuickstartProcess.start(home, "--fresh").awaitEnd()) {
            assertThat(quickstart.exitCode()).isEqualTo(2);
            assertThat(quickstart.outputText()).contains("was not created by quickstart");
            assertThat(precious).hasContent("keep me");
        }
    }

    @Test
    void rejectsInvalidOptions() throws Exception {
        for (Map.Entry<String, String> wrong : Map.of(
                        "--nodes=many",
                        "--nodes",
                        "--nodes=0",
                        "at least 1 participant",
                        "--kafka-port=70000",
                        "0 to 65535",
                        "--ports=1",
                        "--ports")
                .entrySet()) {
            try (QuickstartProcess quickstart =
                    QuickstartProcess.start(data(), wrong.getKey()).awaitEnd()) {
                assertThat(quickstart.exitCode()).isEqualTo(2);
                assertThat(quickstart.outputText()).contains(wrong.getValue());
                assertThat(data()).doesNotExist();
            }
        }
    }

    @Test
    void helpListsOptions() throws Exception {
        try (QuickstartProcess quickstart =
                QuickstartProcess.start(data(), "--help").awaitEnd()) {
            assertThat(quickstart.exitCode()).isZero();
            assertThat(quickstart.outputText())
                    .contains("--dir", "--fresh", "--nodes", "--seed", "--kafka-port", "-Dquickstart.fresh=true");
        }
    }

    private Path data() {
        return home.resolve("data");
    }
}

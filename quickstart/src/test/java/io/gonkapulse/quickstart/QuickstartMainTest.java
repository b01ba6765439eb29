package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A quickstart that accepts a wrong option never ends, hence the timeout. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuickstartMainTest {

    private final StringWriter output = new StringWriter();

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({
        "--nodes=many, --nodes",
        "--nodes=0, at least 1 participant",
        "--kafka-port=70000, 0 to 65535",
        "--kafka-port=-1, 0 to 65535",
        "--only=portal, 'stats-writer, earnings-aggregator, job-recorder, api, tracker-poller, got \"portal\"'",
        "--without=, --without: expected services of",
        "--tracker=tracker.example, --tracker: expected an address as https://",
        "--tracker=https://name:secret@tracker.example, without credentials",
        "--ports=1, --ports"
    })
    void rejectsInvalidOption(String option, String complaint) {
        assertThat(run(option)).isEqualTo(2);
        assertThat(output.toString()).contains(complaint).hasLineCount(1);
        assertThat(data()).doesNotExist();
    }

    @Test
    void helpListsOptions() {
        assertThat(run("--help")).isZero();
        assertThat(output.toString())
                .contains("--dir", "--fresh", "--nodes", "--seed", "--kafka-port", "-Dquickstart.fresh=true")
                .contains("--free-ports", "--only", "--without", "--tracker", "--tracker-kind");
    }

    @Test
    void rejectsUnknownTrackerKind() {
        assertThat(run("--tracker=https://tracker.example", "--tracker-kind=other"))
                .isEqualTo(2);
        assertThat(output.toString()).contains("--tracker-kind: expected gonka-tracker or gonka-node, got \"other\"");
    }

    @Test
    void rejectsOnlyWithWithout() {
        assertThat(run("--only=api", "--without=api")).isEqualTo(2);
        assertThat(output.toString()).contains("expected --only or --without, got both");
    }

    @Test
    void neverPrintsCredentials() {
        assertThat(run("--tracker=https://name:secret@tracker.example")).isEqualTo(2);
        assertThat(output.toString()).doesNotContain("secret");
    }

    @Test
    void networkRejectsTracker() {
        assertThat(run("--tracker=https://tracker.example", "network")).isEqualTo(2);
        assertThat(output.toString()).contains("network runs the simulated network: omit --tracker");
    }

    @Test
    void checkRequiresSimulatedNetwork() throws IOException {
        new RunningProperties(Map.of("tracker.url", "https://tracker.example")).writeTo(Files.createDirectory(data()));
        assertThat(run("check")).isEqualTo(2);
        assertThat(output.toString()).contains("this quickstart polls a real one");
    }

    @Test
    void networkRejectsTakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThat(run("--tracker-port=" + taken.getLocalPort(), "--chain-port=0", "network"))
                    .isEqualTo(2);
            assertThat(output.toString())
                    .contains("Could not listen on 127.0.0.1, port " + taken.getLocalPort())
                    .hasLineCount(1);
        }
    }

    @Test
    void networkRejectsInvalidOption() {
        assertThat(run("--tracker-port=70000", "network")).isEqualTo(2);
        assertThat(output.toString()).contains("--tracker-port: expected a port from 0 to 65535, got 70000");
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(output, true);
        CommandLine command = QuickstartMain.commandLine().setOut(writer).setErr(writer);
        return command.execute(Stream.concat(Stream.of("--dir=" + data()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private Path data() {
        return home.resolve("data");
    }
}

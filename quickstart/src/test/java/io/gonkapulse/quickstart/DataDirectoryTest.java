package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.localservers.DirectoryRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final Optional<RealTracker> SIMULATED = Optional.empty();
    private static final Optional<RealTracker> TRACKER =
            Optional.of(RealTracker.of("https://tracker.example", "gonka-tracker"));
    private static final Optional<RealTracker> OTHER =
            Optional.of(RealTracker.of("https://other.example", "gonka-tracker"));

    @TempDir
    private Path home;

    @Test
    void acceptsSameNetwork() {
        open(TRACKER);
        open(TRACKER);
    }

    @Test
    void refusesAnotherNetwork() {
        open(SIMULATED);
        assertThatThrownBy(() -> open(TRACKER))
                .isInstanceOf(DirectoryRefusedException.class)
                .hasMessageContaining("holds the history of the simulated network: delete it with --fresh");
    }

    @Test
    void refusesAnotherTracker() {
        open(TRACKER);
        assertThatThrownBy(() -> open(OTHER)).hasMessageContaining("holds the history of https://tracker.example");
        assertThatThrownBy(() -> open(SIMULATED)).isInstanceOf(DirectoryRefusedException.class);
        open(TRACKER);
    }

    @Test
    void freshStartAcceptsAnotherNetwork() {
        open(SIMULATED);
        DataDirectory.open(data(), true, TRACKER).close();
        open(TRACKER);
    }

    @Test
    void directoryOfEarlierVersionIsSimulated() throws IOException {
        open(SIMULATED);
        Files.delete(data().resolve("network.txt"));
        assertThatThrownBy(() -> open(TRACKER)).isInstanceOf(DirectoryRefusedException.class);
        open(SIMULATED);
    }

    @Test
    void deletesAddressesOfLastRun() {
        open(SIMULATED);
        new RunningProperties(Map.of("kafka", "127.0.0.1:1")).writeTo(data());
        assertThat(RunningProperties.read(data()).kafka()).isEqualTo("127.0.0.1:1");
        open(SIMULATED);
        assertThatThrownBy(() -> RunningProperties.read(data()))
                .isInstanceOf(RunningProperties.NotRunningException.class);
    }

    @Test
    void addressesNeedNoUnescaping() {
        open(SIMULATED);
        new RunningProperties(Map.of("kafka", "127.0.0.1:1", "api.url", "http://127.0.0.1:2")).writeTo(data());
        assertThat(data().resolve("running.properties")).hasContent("api.url=http://127.0.0.1:2\nkafka=127.0.0.1:1");
    }

    private void open(Optional<RealTracker> network) {
        DataDirectory.open(data(), false, network).close();
    }

    private Path data() {
        return home.resolve("data");
    }
}

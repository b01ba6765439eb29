package io.gonkapulse.localservers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("process")
class RecoveryAfterKillTest {

    private final Path home;
    private final Process program;
    private final BufferedReader output;
    private final LocalDatabase database;
    private final LocalBroker broker;

    RecoveryAfterKillTest(@TempDir(factory = TempHomeFactory.class) Path home) throws Exception {
        this.home = home;
        this.program = CrashedProgramMain.start(home);
        this.output = new BufferedReader(new InputStreamReader(program.getInputStream(), UTF_8));
        this.database = LocalDatabase.durable(home, 0);
        this.broker = new LocalBroker(home.resolve("broker"), 0);
    }

    @AfterEach
    void stopAll() throws Exception {
        program.destroyForcibly().waitFor();
        database.close();
        broker.close();
    }

    @Test
    void runningProgramLocksDirectories() throws Exception {
        awaitLine("records written");

        assertThatThrownBy(database::start)
                .isInstanceOf(DirectoryRefusedException.class)
                .hasMessageContaining("in use by process " + program.pid());
        assertThatThrownBy(broker::start)
                .isInstanceOf(DirectoryRefusedException.class)
                .hasMessageContaining("in use by process " + program.pid());
    }

    @Test
    void recoversDataAfterKill() throws Exception {
        awaitLine("records written");
        ProcessHandle orphan = postgres();

        program.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();
        database.start();
        broker.start();

        assertThat(orphan.isAlive()).isFalse();
        assertThat(postgres().isAlive()).isTrue();
        assertThat(new LocalSqlRunner(database).valueOf("select count(*) from kept"))
                .isEqualTo("1");
        TextRecordClient records = new TextRecordClient(broker.bootstrapServers());
        assertThat(records.read("kept", "group", 1)).containsExactly("second");
        assertThat(records.read("kept", "new group", 2)).containsExactly("first", "second");
    }

    @Test
    void nextRunDeletesDisposableLeftovers() throws Exception {
        Path parent = requireNonNull(home.getParent());
        awaitLine("rows written");
        String kind = home.getFileName().toString();
        ProcessHandle orphan = postgres();
        DisposableDirectory.createIn(parent, kind).close();
        assertThat(orphan.isAlive()).isTrue();

        program.destroyForcibly().waitFor();
        DisposableDirectory.createIn(parent, kind).close();

        assertThat(home).doesNotExist();
        // The process ends once its new parent has reaped it.
        assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(10));
    }

    private void awaitLine(String expected) throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals(expected)) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo(expected);
    }

    private ProcessHandle postgres() throws Exception {
        return PostmasterProcess.of(home.resolve("data")).orElseThrow().process();
    }
}

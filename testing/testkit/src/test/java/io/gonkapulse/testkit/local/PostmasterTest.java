package io.gonkapulse.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterTest {

    private final Path data;

    PostmasterTest(@TempDir Path data) {
        this.data = data;
    }

    @Test
    void withoutAFileThereIsNone() throws Exception {
        assertThat(Postmaster.of(data)).isEmpty();
    }

    @Test
    void aFileThatACrashLeftEmptyOrTornNamesNone() throws Exception {
        write("");
        assertThat(Postmaster.of(data)).isEmpty();
        write("12x\n");
        assertThat(Postmaster.of(data)).isEmpty();
    }

    @Test
    void aProcessThatIsNoPostgresIsNotTheServer() throws Exception {
        write(ProcessHandle.current().pid() + "\n");

        assertThat(Postmaster.of(data))
                .hasValueSatisfying(found -> assertThat(found.isReal()).isFalse());
    }

    @Test
    void aServerIsReadyWhenItsOwnFileSaysSo() throws Exception {
        write("42\n/data\n1\n5432\n\n127.0.0.1\n1 2\nstarting\n");
        assertThat(Postmaster.isReady(data, 42)).isFalse();

        write("42\n/data\n1\n5432\n\n127.0.0.1\n1 2\nready   \n");
        assertThat(Postmaster.isReady(data, 42)).isTrue();
        assertThat(Postmaster.isReady(data, 43)).isFalse();
    }

    private void write(String content) throws Exception {
        Files.writeString(data.resolve("postmaster.pid"), content);
    }
}

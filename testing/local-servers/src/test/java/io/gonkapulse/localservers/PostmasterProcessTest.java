package io.gonkapulse.localservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterProcessTest {

    private final Path data;

    PostmasterProcessTest(@TempDir Path data) {
        this.data = data;
    }

    @Test
    void missingFileMeansNoProcess() throws Exception {
        assertThat(PostmasterProcess.of(data)).isEmpty();
    }

    @Test
    void tornFileMeansNoProcess() throws Exception {
        write("");
        assertThat(PostmasterProcess.of(data)).isEmpty();
        write("12x\n");
        assertThat(PostmasterProcess.of(data)).isEmpty();
    }

    @Test
    void rejectsProcessOtherThanPostgres() throws Exception {
        write(ProcessHandle.current().pid() + "\n");

        assertThat(PostmasterProcess.of(data))
                .hasValueSatisfying(found -> assertThat(found.isServerOfData()).isFalse());
    }

    @Test
    void isReadyWhenOwnFileSaysSo() throws Exception {
        write("42\n/data\n1\n5432\n\n127.0.0.1\n1 2\nstarting\n");
        assertThat(PostmasterProcess.isReady(data, 42)).isFalse();

        write("42\n/data\n1\n5432\n\n127.0.0.1\n1 2\nready   \n");
        assertThat(PostmasterProcess.isReady(data, 42)).isTrue();
        assertThat(PostmasterProcess.isReady(data, 43)).isFalse();
    }

    private void write(String content) throws Exception {
        Files.writeString(data.resolve("postmaster.pid"), content);
    }
}

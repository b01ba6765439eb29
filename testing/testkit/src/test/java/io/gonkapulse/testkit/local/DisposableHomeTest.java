package io.gonkapulse.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed program leaves is in {@link RecoveryAfterKillTest}. */
class DisposableHomeTest {

    @TempDir
    private Path parent;

    @Test
    void theHomeOfAProgramThatLivesStaysWhileItsServerIsStopped() throws Exception {
        try (DisposableHome home = DisposableHome.in(parent, "broker")) {
            LockedDirectory.open(home.path()).close();
            Files.writeString(home.path().resolve("data"), "records");

            DisposableHome.in(parent, "broker").close();

            assertThat(home.path().resolve("data")).hasContent("records");
        }
        assertThat(parent).isEmptyDirectory();
    }
}

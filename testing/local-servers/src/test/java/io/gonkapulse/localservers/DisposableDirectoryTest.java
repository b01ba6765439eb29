package io.gonkapulse.localservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link RecoveryAfterKillTest} covers directories of killed programs. */
class DisposableDirectoryTest {

    @TempDir
    private Path parent;

    @Test
    void keepsDirectoryWhileOwnerLives() throws Exception {
        try (DisposableDirectory home = DisposableDirectory.createIn(parent, "broker")) {
            LockedDirectory.open(home.path()).close();
            Files.writeString(home.path().resolve("data"), "records");

            DisposableDirectory.createIn(parent, "broker").close();

            assertThat(home.path().resolve("data")).hasContent("records");
        }
        assertThat(parent).isEmptyDirectory();
    }
}

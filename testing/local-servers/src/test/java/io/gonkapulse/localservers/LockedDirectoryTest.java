package io.gonkapulse.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedDirectoryTest {

    private final Path parent;

    LockedDirectoryTest(@TempDir Path parent) {
        this.parent = parent;
    }

    @Test
    void createsMissingParents() {
        try (LockedDirectory directory = LockedDirectory.open(parent.resolve("a/b/../c"))) {
            assertThat(directory.path()).isDirectory().isEqualTo(parent.resolve("a/c"));
        }
    }

    @Test
    void reopensAfterClose() {
        LockedDirectory.open(parent).close();
        LockedDirectory.open(parent).close();

        assertThat(parent.resolve("lock")).hasContent(ProcessHandle.current().pid() + "");
    }

    @Test
    void rejectsSecondHolderInSameProcess() {
        try (LockedDirectory first = LockedDirectory.open(parent)) {
            assertThatThrownBy(() -> LockedDirectory.open(first.path()))
                    .isInstanceOf(DirectoryRefusedException.class)
                    .hasMessageContaining("this process");
        }
    }

    @Test
    @Tag("process")
    void rejectedHolderKeepsFirstLock() throws Exception {
        try (LockedDirectory first = LockedDirectory.open(parent)) {
            assertThatThrownBy(() -> LockedDirectory.open(first.path())).isInstanceOf(DirectoryRefusedException.class);

            assertThat(LockAttemptMain.run(parent))
                    .isEqualTo("in use by process " + ProcessHandle.current().pid());
        }
        assertThat(LockAttemptMain.run(parent)).isEqualTo("locked");
    }

    @Test
    void rejectsFile() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "");

        assertThatThrownBy(() -> LockedDirectory.open(file))
                .isInstanceOf(DirectoryRefusedException.class)
                .hasMessageContaining("Expected a directory that this user can write, got " + file);
    }

    @Test
    void rejectsDirectoryOfOtherUser() throws Exception {
        assumeTrue(canChangeOwner(parent), "only root may give a directory to another user");

        assertThatThrownBy(() -> LockedDirectory.open(parent))
                .isInstanceOf(DirectoryRefusedException.class)
                .hasMessageContaining(parent + " belongs to user ")
                .hasMessageContaining("run as its owner, or use another directory");
    }

    private static boolean canChangeOwner(Path directory) throws Exception {
        try {
            Files.setAttribute(directory, "unix:uid", 12345);
            return true;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return false;
        }
    }
}

package io.gonkapulse.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySupportTest {

    private final Path parent;
    private final Path directory;

    DirectorySupportTest(@TempDir Path parent) {
        this.parent = parent;
        this.directory = parent.resolve("a/whole");
    }

    @Test
    void createsUnderFinalName() throws Exception {
        DirectorySupport.createAtomically(directory, draft -> Files.writeString(draft.resolve("file"), "content"));

        assertThat(directory.resolve("file")).hasContent("content");
        assertThat(directory.getParent()).isDirectoryNotContaining("glob:**.new*");
    }

    @Test
    void keepsExistingDirectory() throws Exception {
        Files.createDirectories(directory);

        DirectorySupport.createAtomically(directory, draft -> {
            throw new IOException("must not be called");
        });

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void failureLeavesNothingBehind() {
        assertThatThrownBy(() -> DirectorySupport.createAtomically(directory, draft -> {
                    Files.writeString(draft.resolve("half"), "");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(directory.getParent()).isEmptyDirectory();
    }

    @Test
    void firstOfTwoWritersWins() throws Exception {
        DirectorySupport.createAtomically(directory, draft -> {
            DirectorySupport.createAtomically(directory, other -> Files.writeString(other.resolve("file"), "first"));
            Files.writeString(draft.resolve("file"), "second");
        });

        assertThat(directory.resolve("file")).hasContent("first");
        assertThat(directory.getParent()).isDirectoryNotContaining("glob:**.new*");
    }

    @Test
    void deletesRecursivelyAndToleratesMissing() throws Exception {
        Files.createDirectories(directory.resolve("deeper"));
        Files.writeString(directory.resolve("deeper/file"), "");

        DirectorySupport.deleteRecursively(parent.resolve("a"));
        DirectorySupport.deleteRecursively(parent.resolve("a"));

        assertThat(parent).isEmptyDirectory();
    }
}

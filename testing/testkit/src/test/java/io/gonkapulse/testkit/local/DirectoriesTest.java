package io.gonkapulse.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {

    private final Path parent;
    private final Path directory;

    DirectoriesTest(@TempDir Path parent) {
        this.parent = parent;
        this.directory = parent.resolve("a/whole");
    }

    @Test
    void whatIsMadeAppearsUnderItsName() throws Exception {
        Directories.makeWhole(directory, draft -> Files.writeString(draft.resolve("file"), "content"));

        assertThat(directory.resolve("file")).hasContent("content");
        assertThat(directory.getParent()).isDirectoryNotContaining("glob:**.new*");
    }

    @Test
    void whatIsThereIsNotMadeAgain() throws Exception {
        Files.createDirectories(directory);

        Directories.makeWhole(directory, draft -> {
            throw new IOException("must not be called");
        });

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFailureLeavesNothingBehind() {
        assertThatThrownBy(() -> Directories.makeWhole(directory, draft -> {
                    Files.writeString(draft.resolve("half"), "");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(directory.getParent()).isEmptyDirectory();
    }

    @Test
    void ofTwoMakersAtOnceTheFirstWins() throws Exception {
        Directories.makeWhole(directory, draft -> {
            Directories.makeWhole(directory, other -> Files.writeString(other.resolve("file"), "first"));
            Files.writeString(draft.resolve("file"), "second");
        });

        assertThat(directory.resolve("file")).hasContent("first");
        assertThat(directory.getParent()).isDirectoryNotContaining("glob:**.new*");
    }

    @Test
    void deletingTakesAllAndDoesNotMindNothing() throws Exception {
        Files.createDirectories(directory.resolve("deeper"));
        Files.writeString(directory.resolve("deeper/file"), "");

        Directories.deleteAll(parent.resolve("a"));
        Directories.deleteAll(parent.resolve("a"));

        assertThat(parent).isEmptyDirectory();
    }
}

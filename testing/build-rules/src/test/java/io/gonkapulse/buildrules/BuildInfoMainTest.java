package io.gonkapulse.buildrules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildInfoMainTest {

    private static final String ONE = "1".repeat(40);
    private static final String TWO = "2".repeat(40);

    @TempDir
    private Path tree;

    @Test
    void readsCommitOfBranch() throws IOException {
        git("HEAD", "ref: refs/heads/main\n");
        git("refs/heads/main", ONE + "\n");
        assertThat(BuildInfoMain.findCommit(tree)).contains(ONE);
    }

    @Test
    void readsPackedBranch() throws IOException {
        git("HEAD", "ref: refs/heads/main\n");
        git("packed-refs", "# pack-refs\n" + TWO + " refs/heads/remain\n" + ONE + " refs/heads/main\n");
        assertThat(BuildInfoMain.findCommit(tree)).contains(ONE);
    }

    @Test
    void prefersLooseToPackedBranch() throws IOException {
        git("HEAD", "ref: refs/heads/main\n");
        git("refs/heads/main", ONE + "\n");
        git("packed-refs", TWO + " refs/heads/main\n");
        assertThat(BuildInfoMain.findCommit(tree)).contains(ONE);
    }

    @Test
    void readsDetachedHead() throws IOException {
        git("HEAD", ONE + "\n");
        assertThat(BuildInfoMain.findCommit(tree)).contains(ONE);
    }

    @Test
    void readsAnotherWorkingTree() throws IOException {
        git("worktrees/two/HEAD", "ref: refs/heads/two\n");
        git("worktrees/two/commondir", "../..\n");
        git("refs/heads/two", ONE + "\n");
        Path other = Files.createDirectory(tree.resolve("two"));
        Files.writeString(other.resolve(".git"), "gitdir: " + tree.resolve(".git/worktrees/two") + "\n");
        assertThat(BuildInfoMain.findCommit(other)).contains(ONE);
    }

    @Test
    void toleratesMissingRepository() throws IOException {
        assertThat(BuildInfoMain.findCommit(tree)).isEmpty();
        git("HEAD", "ref: refs/heads/unborn\n");
        assertThat(BuildInfoMain.findCommit(tree)).isEmpty();
    }

    @Test
    void writesVersionAndCommit() throws IOException {
        git("HEAD", ONE);
        write();
        assertThat(tree.resolve("META-INF/build-info.properties")).hasContent("build.version=1.2.3");
        assertThat(commit()).hasContent("git.commit.id=" + ONE);
    }

    @Test
    void keepsFileOfSameCommit() throws IOException {
        FileTime old = FileTime.fromMillis(1_000);
        git("HEAD", ONE);
        write();
        Files.setLastModifiedTime(commit(), old);
        write();
        assertThat(Files.getLastModifiedTime(commit())).isEqualTo(old);

        git("HEAD", TWO);
        write();
        assertThat(commit()).hasContent("git.commit.id=" + TWO);
    }

    @Test
    void removesCommitWithoutRepository() throws IOException {
        Files.writeString(commit(), "git.commit.id=" + ONE);
        write();
        assertThat(commit()).doesNotExist();
    }

    private Path commit() {
        return tree.resolve("git.properties");
    }

    private void write() throws IOException {
        BuildInfoMain.main(new String[] {tree.toString(), "1.2.3", tree.toString()});
    }

    private void git(String name, String content) throws IOException {
        Path file = tree.resolve(".git").resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }
}

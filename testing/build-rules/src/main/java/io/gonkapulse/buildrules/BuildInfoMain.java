package io.gonkapulse.buildrules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the version and the commit of a build as files that Spring Boot shows in {@code /actuator/info}. Reads Git's
 * own files, because the build may use no program but the JDK. Without a repository there is no commit.
 */
public final class BuildInfoMain {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String REFERENCE = "ref: ";

    private BuildInfoMain() {}

    /**
     * Writes the files that differ.
     *
     * @param arguments root of the working tree, version, folder of the files
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[2]);
        write(folder.resolve("META-INF/build-info.properties"), "build.version=" + arguments[1] + "\n");
        Optional<String> commit = findCommit(Path.of(arguments[0]));
        if (commit.isPresent()) {
            write(folder.resolve("git.properties"), "git.commit.id=" + commit.get() + "\n");
        } else {
            Files.deleteIfExists(folder.resolve("git.properties"));
        }
    }

    /** A file with a new time would make Maven pack the jar again and compile all modules that use it. */
    private static void write(Path file, String content) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(content)) {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, content);
        }
    }

    static Optional<String> findCommit(Path tree) throws IOException {
        Path git = tree.resolve(".git");
        if (Files.isRegularFile(git)) {
            // Another working tree of a repository names its own folder.
            git = tree.resolve(firstLine(git).orElse("").replaceFirst("^gitdir: ", ""));
        }
        Optional<String> head = firstLine(git.resolve("HEAD"));
        if (head.filter(line -> line.startsWith(REFERENCE)).isPresent()) {
            return findBranch(git, head.get().substring(REFERENCE.length()));
        }
        return head.filter(line -> COMMIT.matcher(line).matches());
    }

    private static Optional<String> findBranch(Path git, String branch) throws IOException {
        Path shared = git.resolve(firstLine(git.resolve("commondir")).orElse("."));
        Optional<String> commit = firstLine(shared.resolve(branch));
        return commit.isPresent() ? commit : findPacked(shared.resolve("packed-refs"), branch);
    }

    /** Each line has a commit and the name of its branch or tag. */
    private static Optional<String> findPacked(Path packed, String branch) throws IOException {
        return lines(packed)
                .filter(line -> line.endsWith(" " + branch))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst();
    }

    private static Optional<String> firstLine(Path file) throws IOException {
        return lines(file).findFirst();
    }

    private static Stream<String> lines(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.readAllLines(file).stream() : List.<String>of().stream();
    }
}

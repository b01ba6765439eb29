package io.gonkapulse.buildrules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Rules for the files of the whole repository, which no module's classes show. */
class SourceTreeTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final List<String> FOLDERS_LEFT_OUT =
            List.of("target", ".git", "dist", "node_modules", ".quickstart");

    private final PlainWords words = PlainWords.load();

    @Test
    void simpleNamesAreUniqueInMain() throws IOException {
        Map<String, Long> counts = files().filter(file -> file.toString().contains("/src/main/java/"))
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(counts).isNotEmpty();
        assertThat(counts.entrySet())
                .as("a reader who searches for a name finds one type")
                .noneMatch(entry -> entry.getValue() > 1);
    }

    @Test
    void proseHasPlainWords() throws IOException {
        assertThat(files().filter(PlainWords::reads)
                        .flatMap(file -> words.findIn(ROOT.relativize(file).toString(), text(file)).stream()))
                .as("use the words after the arrow; plain-words.txt has the list")
                .isEmpty();
    }

    /** The samples are text files: the rule would name this test otherwise. */
    @Test
    void puzzlingWordIsNamedWithItsLine() {
        Path samples = Path.of("src", "test", "resources");

        assertThat(words.findIn("Poll.java", text(samples.resolve("puzzling-words.txt"))))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding).startsWith("Poll.java:3: "))
                .anySatisfy(finding -> assertThat(finding).endsWith(" → again"));
        assertThat(words.findIn("README.md", text(samples.resolve("puzzling-page.txt"))))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("README.md:2: ")
                .endsWith(" → continues");
    }

    /** Never enters folders of programs that run, where files vanish and directories are closed to others. */
    private static Stream<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return FOLDERS_LEFT_OUT.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return files.stream();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

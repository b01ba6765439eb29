package io.gonkapulse.servicekit.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads files of the repository from within this module. */
final class RepositoryFiles {

    private static final Path ROOT = Path.of("..", "..");

    private RepositoryFiles() {}

    static Path path(String name) {
        return ROOT.resolve(name);
    }

    static String text(String name) {
        return text(path(name));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the main sources of a module, one text per file. */
    static List<String> sources(String module) {
        try (Stream<Path> files = Files.walk(path(module).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(RepositoryFiles::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.gonkapulse.localservers;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Creates directories atomically and deletes them recursively. */
final class DirectorySupport {

    private DirectorySupport() {}

    /**
     * Writes into a temporary sibling directory and renames it. A crash leaves no half-written directory of the
     * final name.
     */
    static void createAtomically(Path directory, DirectoryWriter writer) throws IOException {
        if (Files.exists(directory)) {
            return;
        }
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Path draft =
                Files.createTempDirectory(directory.toAbsolutePath().getParent(), directory.getFileName() + ".new");
        try {
            writer.writeTo(draft);
            moveIfAbsent(draft, directory);
        } finally {
            deleteRecursively(draft);
        }
    }

    static void deleteRecursively(Path directory) throws IOException {
        if (Files.exists(directory)) {
            Files.walkFileTree(directory, new DeletingVisitor());
        }
    }

    private static void moveIfAbsent(Path draft, Path directory) throws IOException {
        try {
            Files.move(draft, directory, ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(directory)) {
                throw e;
            }
        }
    }

    /** Writes the content of a new directory. */
    @FunctionalInterface
    interface DirectoryWriter {
        void writeTo(Path directory) throws IOException;
    }

    /** Ignores files that disappear during the deletion, such as those of a stopping server. */
    private static final class DeletingVisitor extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}

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

/** Directories that are there whole or not at all. */
final class DirectorySupport {

    private DirectorySupport() {}

    /** Makes the content under another name and renames it at the end: a crash leaves nothing half made behind. */
    static void createAtomically(Path directory, DirectoryWriter maker) throws IOException {
        if (Files.exists(directory)) {
            return;
        }
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Path draft =
                Files.createTempDirectory(directory.toAbsolutePath().getParent(), directory.getFileName() + ".new");
        try {
            maker.writeTo(draft);
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

    /** Fills a directory. */
    @FunctionalInterface
    interface DirectoryWriter {
        void writeTo(Path directory) throws IOException;
    }

    /** Copes with files that vanish under it, as those of a stopping server do. */
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

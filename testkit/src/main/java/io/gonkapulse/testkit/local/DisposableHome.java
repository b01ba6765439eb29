package io.gonkapulse.testkit.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A home for servers whose data nobody will miss. Clears away what killed programs left of the same kind. */
public final class DisposableHome implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DisposableHome.class.getName());

    private final Path path;

    private DisposableHome(Path path) {
        this.path = path;
    }

    public static DisposableHome in(Path parent, String kind) {
        try {
            Files.createDirectories(parent);
            for (Path home : homes(parent, kind)) {
                deleteUnlessInUse(home);
            }
            return new DisposableHome(
                    Files.createTempDirectory(parent.toAbsolutePath().normalize(), kind));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make a directory for a server in " + parent, e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Directories.deleteAll(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not delete " + path, e);
        }
    }

    private static List<Path> homes(Path parent, String kind) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            // One that was never locked may belong to a program that is about to do so.
            return children.filter(child -> child.getFileName().toString().startsWith(kind))
                    .filter(child -> Files.exists(child.resolve("lock")))
                    .toList();
        }
    }

    private static void deleteUnlessInUse(Path home) throws IOException {
        try (LockedDirectory directory = LockedDirectory.open(home)) {
            if (Files.exists(directory.path().resolve("data").resolve("postmaster.pid"))) {
                PostgresCluster.in(directory.path()).stopWhatAnEarlierRunLeft();
            }
            Directories.deleteAll(directory.path());
        } catch (DirectoryRefusedException inUse) {
            LOG.log(System.Logger.Level.DEBUG, inUse.getMessage());
        }
    }
}

package io.gonkapulse.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory for a server whose data is disposable. Creating one first deletes directories of the same kind whose
 * process is dead. The directory's name contains the process id: an unlocked directory of a living process belongs
 * to a server that is stopped for a while.
 */
public final class DisposableDirectory implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DisposableDirectory.class.getName());

    private static final String OWNER_SEPARATOR = "-";
    private static final Pattern OWNED_NAME = Pattern.compile(OWNER_SEPARATOR + "(\\d+)" + OWNER_SEPARATOR + "\\d+$");

    private final Path path;

    private DisposableDirectory(Path path) {
        this.path = path;
    }

    public static DisposableDirectory createIn(Path parent, String kind) {
        try {
            Files.createDirectories(parent);
            for (Path home : findAbandoned(parent, kind)) {
                deleteUnlessInUse(home);
            }
            String mine = kind + OWNER_SEPARATOR + ProcessHandle.current().pid() + OWNER_SEPARATOR;
            return new DisposableDirectory(
                    Files.createTempDirectory(parent.toAbsolutePath().normalize(), mine));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not create a directory for a server in " + parent, e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            DirectorySupport.deleteRecursively(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not delete " + path, e);
        }
    }

    private static List<Path> findAbandoned(Path parent, String kind) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            // A directory without a lock file may belong to a program that is about to lock it.
            return children.filter(child -> child.getFileName().toString().startsWith(kind))
                    .filter(child -> Files.exists(child.resolve("lock")))
                    .filter(child -> !isOwnerAlive(child))
                    .toList();
        }
    }

    private static boolean isOwnerAlive(Path home) {
        Matcher name = OWNED_NAME.matcher(home.getFileName().toString());
        return name.find() && ProcessHandle.of(Long.parseLong(name.group(1))).isPresent();
    }

    private static void deleteUnlessInUse(Path home) throws IOException {
        try (LockedDirectory directory = LockedDirectory.open(home)) {
            if (Files.exists(directory.path().resolve("data").resolve("postmaster.pid"))) {
                PostgresCluster.in(directory.path()).stopLeftoverServer();
            }
            DirectorySupport.deleteRecursively(directory.path());
        } catch (DirectoryRefusedException inUse) {
            LOG.log(System.Logger.Level.DEBUG, inUse.getMessage());
        }
    }
}

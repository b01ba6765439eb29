package io.gonkapulse.testkit.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A home for servers whose data nobody will miss. Clears away what killed programs left of the same kind; its name says
 * which process has it, because the server of one that lives may only be stopped for a while.
 */
public final class DisposableHome implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DisposableHome.class.getName());

    private static final String OWNER = "-";
    private static final Pattern OWNED = Pattern.compile(OWNER + "(\\d+)" + OWNER + "\\d+$");

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
            String mine = kind + OWNER + ProcessHandle.current().pid() + OWNER;
            return new DisposableHome(
                    Files.createTempDirectory(parent.toAbsolutePath().normalize(), mine));
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
                    .filter(child -> !isOwnerAlive(child))
                    .toList();
        }
    }

    private static boolean isOwnerAlive(Path home) {
        Matcher name = OWNED.matcher(home.getFileName().toString());
        return name.find() && ProcessHandle.of(Long.parseLong(name.group(1))).isPresent();
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

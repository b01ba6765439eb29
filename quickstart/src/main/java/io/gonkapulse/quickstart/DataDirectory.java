package io.gonkapulse.quickstart;

import io.gonkapulse.localservers.DirectoryRefusedException;
import io.gonkapulse.localservers.LockedDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data directory, locked for one quickstart at a time. A marker file identifies it: {@code --fresh} never empties
 * a mistyped path, and no data mixes with other files.
 */
final class DataDirectory implements AutoCloseable {

    /** Also an interface: scripts recognise a data directory by this file, so it is never renamed. */
    private static final String MARK = "GONKA_PULSE_QUICKSTART";

    /** Names the network whose history the directory holds. */
    private static final String NETWORK = "network.txt";

    private static final String SIMULATED = "the simulated network";

    private final LockedDirectory directory;

    private DataDirectory(LockedDirectory directory) {
        this.directory = directory;
    }

    /**
     * Opens and locks the directory.
     *
     * @param fresh whether to delete the data of earlier runs first
     * @param tracker the tracker that will be polled; empty for the simulated network
     * @throws DirectoryRefusedException if another process uses it, or if it holds other files or another network
     */
    static DataDirectory open(Path path, boolean fresh, Optional<RealTracker> tracker) {
        requireOwnedOrEmpty(path);
        DataDirectory data = new DataDirectory(LockedDirectory.open(path));
        try {
            if (fresh) {
                data.deleteContents();
            }
            data.requireNetwork(tracker.map(RealTracker::url).orElse(SIMULATED));
            Files.writeString(
                    data.resolve(MARK), "Created by the quickstart of Gonka Pulse, which may delete this directory.\n");
            RunningProperties.delete(path);
            return data;
        } catch (IOException e) {
            data.close();
            throw new UncheckedIOException("Could not prepare " + path, e);
        } catch (DirectoryRefusedException e) {
            data.close();
            throw e;
        }
    }

    /** The days of two networks in one history could not be distinguished. */
    private void requireNetwork(String network) throws IOException {
        String stored = storedNetwork().orElse(network);
        if (!stored.equals(network)) {
            throw new DirectoryRefusedException(path().toAbsolutePath().normalize() + " holds the history of " + stored
                    + ": delete it with --fresh, or choose another directory with --dir");
        }
        Files.writeString(resolve(NETWORK), network + "\n");
    }

    /** Earlier versions wrote no file and simulated the network. */
    private Optional<String> storedNetwork() throws IOException {
        if (Files.exists(resolve(NETWORK))) {
            return Optional.of(Files.readString(resolve(NETWORK)).strip());
        }
        return Files.exists(resolve(MARK)) ? Optional.of(SIMULATED) : Optional.empty();
    }

    Path path() {
        return directory.path();
    }

    Path resolve(String name) {
        return path().resolve(name);
    }

    /** Releases the lock for the next quickstart. */
    @Override
    public void close() {
        directory.close();
    }

    /** A directory without a marker may hold anything, so only an empty one is accepted. */
    private static void requireOwnedOrEmpty(Path path) {
        if (!Files.exists(path) || Files.exists(path.resolve(MARK))) {
            return;
        }
        if (!Files.isDirectory(path) || !entries(path).isEmpty()) {
            throw new DirectoryRefusedException(path.toAbsolutePath().normalize()
                    + " is not empty and was not created by quickstart: choose another directory with --dir");
        }
    }

    /** Deletes everything except the lock file, which is open. */
    private void deleteContents() throws IOException {
        for (Path entry : entries(path())) {
            if (!entry.equals(directory.lockFile())) {
                delete(entry);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> entries(Path path) {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + path, e);
        }
    }
}

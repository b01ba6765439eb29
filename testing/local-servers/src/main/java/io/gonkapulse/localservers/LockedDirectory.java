package io.gonkapulse.localservers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A directory that this process uses exclusively. The operating system releases the lock when the process dies. */
public final class LockedDirectory implements AutoCloseable {

    // Far behind the text: Windows does not let other processes read a locked region, and they read the process id.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final String LOCK_FILE = "lock";

    /**
     * Lock files of this process. On Unix a process loses its lock when it closes any channel of the file, so a file
     * of this set must not be opened again to test the lock.
     */
    private static final Set<Path> LOCKED_FILES = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path file;
    private final FileChannel lock;

    private LockedDirectory(Path path, Path file, FileChannel lock) {
        this.path = path;
        this.file = file;
        this.lock = lock;
    }

    /** Creates the directory if it is missing. */
    public static LockedDirectory open(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            requireOwnedByUser(path);
            Path file = path.toRealPath().resolve(LOCK_FILE);
            return new LockedDirectory(path, file, lock(file));
        } catch (IOException e) {
            throw new DirectoryRefusedException(
                    "Expected a directory that this user can write, got " + path + ": " + e, e);
        }
    }

    public Path path() {
        return path;
    }

    /** The lock file, which code that empties the directory must keep. */
    public Path lockFile() {
        return path.resolve(LOCK_FILE);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unlock " + path, e);
        } finally {
            LOCKED_FILES.remove(file);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        if (!LOCKED_FILES.add(file)) {
            throw inUse(file, "this process");
        }
        try {
            return lockAcrossProcesses(file);
        } catch (IOException | RuntimeException e) {
            LOCKED_FILES.remove(file);
            throw e;
        }
    }

    private static FileChannel lockAcrossProcesses(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw inUse(file, "process " + Files.readString(file).strip());
            }
            channel.truncate(0).write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static DirectoryRefusedException inUse(Path file, String holder) {
        return new DirectoryRefusedException(
                file.getParent() + " is in use by " + holder + ": stop that one first, or use another directory");
    }

    /**
     * Compares owners with a new temporary file's. Comparing user names fails in containers whose user has no name.
     */
    private static void requireOwnedByUser(Path path) throws IOException {
        Path mine = Files.createTempFile("owner", null);
        try {
            UserPrincipal owner = Files.getOwner(path);
            UserPrincipal user = Files.getOwner(mine);
            if (!owner.equals(user)) {
                throw new DirectoryRefusedException(path + " belongs to user " + owner.getName() + ", and this is user "
                        + user.getName() + ": run as its owner, or use another directory");
            }
        } finally {
            Files.delete(mine);
        }
    }
}

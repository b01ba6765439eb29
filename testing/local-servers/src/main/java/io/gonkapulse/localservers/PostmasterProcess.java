package io.gonkapulse.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server process that a data directory's {@code postmaster.pid} names. */
record PostmasterProcess(ProcessHandle process, Path data) {

    private static final int STATUS_LINE = 7;

    static Optional<PostmasterProcess> of(Path data) throws IOException {
        return pid(readPidFile(data)).flatMap(ProcessHandle::of).map(process -> new PostmasterProcess(process, data));
    }

    static boolean isReady(Path data, long pid) throws IOException {
        List<String> lines = readPidFile(data);
        return lines.size() > STATUS_LINE
                && lines.get(STATUS_LINE).strip().equals("ready")
                && pid(lines).equals(Optional.of(pid));
    }

    /**
     * Whether the process is the server of this data directory. After a reboot another process, or another
     * PostgreSQL, may have its id.
     */
    boolean isServerOfData() {
        return isPostgres() && usesDataDirectory();
    }

    private boolean isPostgres() {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.equals("postgres") || name.equals("postgres.exe"))
                .isPresent();
    }

    private boolean usesDataDirectory() {
        Path workingDirectory = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        if (!Files.exists(workingDirectory)) {
            return hasDataArgument();
        }
        try {
            // The server's working directory is its data directory, even after a move of that.
            return Files.isSameFile(workingDirectory, data);
        } catch (IOException e) {
            throw ambiguousProcess(e);
        }
    }

    private boolean hasDataArgument() {
        List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
        if (!arguments.contains(data.toString())) {
            throw ambiguousProcess(null);
        }
        return true;
    }

    private DirectoryRefusedException ambiguousProcess(@Nullable IOException cause) {
        return new DirectoryRefusedException(
                "A PostgreSQL runs as process " + process.pid() + ", which may or may not be the one of " + data
                        + ": stop it, or delete " + data.resolve("postmaster.pid") + " if it serves another directory",
                cause);
    }

    private static Optional<Long> pid(List<String> lines) {
        return lines.stream()
                .limit(1)
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .findFirst();
    }

    private static List<String> readPidFile(Path data) throws IOException {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}

package io.gonkapulse.testkit.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server process that a data directory's {@code postmaster.pid} speaks of. */
record Postmaster(ProcessHandle process, Path data) {

    private static final int STATUS = 7;

    static Optional<Postmaster> of(Path data) throws IOException {
        return pid(linesOfPidFile(data)).flatMap(ProcessHandle::of).map(process -> new Postmaster(process, data));
    }

    static boolean isReady(Path data, long pid) throws IOException {
        List<String> lines = linesOfPidFile(data);
        return lines.size() > STATUS
                && lines.get(STATUS).strip().equals("ready")
                && pid(lines).equals(Optional.of(pid));
    }

    /** After a reboot the number may have gone to any other process, another PostgreSQL included. */
    boolean isReal() {
        return isPostgres() && worksOnTheData();
    }

    private boolean isPostgres() {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.equals("postgres") || name.equals("postgres.exe"))
                .isPresent();
    }

    private boolean worksOnTheData() {
        Path workingDirectory = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        if (!Files.exists(workingDirectory)) {
            return startedWithTheData();
        }
        try {
            // The server works in its data directory, also after that has been moved elsewhere.
            return Files.isSameFile(workingDirectory, data);
        } catch (IOException e) {
            throw unsure(e);
        }
    }

    private boolean startedWithTheData() {
        List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
        if (!arguments.contains(data.toString())) {
            throw unsure(null);
        }
        return true;
    }

    private DirectoryRefusedException unsure(@Nullable IOException cause) {
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

    private static List<String> linesOfPidFile(Path data) throws IOException {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}

package io.gonkapulse.testkit.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The server process that a data directory's {@code postmaster.pid} speaks of. */
record Postmaster(ProcessHandle process, Path data) {

    static Optional<Postmaster> of(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).map(process -> new Postmaster(process, data));
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

    private DirectoryRefusedException unsure(@org.jspecify.annotations.Nullable IOException cause) {
        return new DirectoryRefusedException(
                "A PostgreSQL runs as process " + process.pid() + ", which may or may not be the one of " + data
                        + ": stop it, or delete " + data.resolve("postmaster.pid") + " if it serves another directory",
                cause);
    }
}

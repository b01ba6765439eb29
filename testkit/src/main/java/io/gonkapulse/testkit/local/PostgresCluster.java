package io.gonkapulse.testkit.local;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One data directory and the programs that make, start and stop a server on it. */
record PostgresCluster(PostgresPrograms programs, Path data, Path log) {

    private static final int LINES_OF_LOG_SHOWN = 12;

    static PostgresCluster in(Path home) {
        return new PostgresCluster(
                PostgresPrograms.unpackedBeside(home), home.resolve("data"), home.resolve("postgres.log"));
    }

    void makeUnlessThere(boolean durable) throws IOException {
        Directories.makeWhole(data, draft -> {
            // The built-in locale sorts the same on every machine, whatever languages it has installed.
            Command.Outcome made = programs.run(
                    "initdb",
                    "--pgdata=" + draft,
                    "--username=" + LocalDatabase.USERNAME,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    durable ? "--sync-method=fsync" : "--no-sync");
            requireSuccess(made, "make a database in " + data);
        });
        requireSameMajorVersion();
    }

    /** A killed program leaves its server running, on whatever port it had; nobody else would ever stop that one. */
    void stopWhatAnEarlierRunLeft() throws IOException {
        if (Postmaster.of(data).filter(Postmaster::isReal).isPresent()) {
            stop();
        } else {
            // PostgreSQL would take any living process of that number for its own server.
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    void start(List<String> settings) throws IOException {
        keepLogOfLastRun();
        Command.Outcome started = programs.run(
                "pg_ctl",
                "start",
                "--pgdata=" + data,
                "--log=" + log,
                "--wait",
                "--timeout=60",
                "--options=" + String.join(" ", settings));
        if (!started.succeeded()) {
            programs.run("pg_ctl", "stop", "--pgdata=" + data, "--mode=immediate", "--wait");
            throw new LocalServerFailedException("PostgreSQL did not start in " + data + ":\n" + endOfLog(started));
        }
    }

    void stop() {
        if (!stop("fast").succeeded()) {
            requireSuccess(stop("immediate"), "stop PostgreSQL in " + data);
        }
    }

    boolean isRunning() {
        return programs.run("pg_ctl", "status", "--pgdata=" + data).succeeded();
    }

    private Command.Outcome stop(String mode) {
        return programs.run("pg_ctl", "stop", "--pgdata=" + data, "--mode=" + mode, "--wait", "--timeout=30");
    }

    private void requireSameMajorVersion() throws IOException {
        Path file = data.resolve("PG_VERSION");
        String found = Files.exists(file) ? Files.readString(file).strip() : "none";
        String expected = programs.majorVersion();
        if (!found.equals(expected)) {
            throw new DirectoryRefusedException("Expected data of PostgreSQL " + expected + " in " + data
                    + ", found version " + found + ": use another directory, or move the data with pg_upgrade");
        }
    }

    private void keepLogOfLastRun() throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("postgres.log.1"), REPLACE_EXISTING);
        }
    }

    private String endOfLog(Command.Outcome outcome) {
        try (Stream<String> lines =
                Files.exists(log) ? Files.lines(log) : outcome.output().lines()) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LINES_OF_LOG_SHOWN), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start, and its log cannot be read: " + log, e);
        }
    }

    private static void requireSuccess(Command.Outcome outcome, String what) {
        if (!outcome.succeeded()) {
            throw new LocalServerFailedException("Could not " + what + ": " + outcome.output());
        }
    }
}

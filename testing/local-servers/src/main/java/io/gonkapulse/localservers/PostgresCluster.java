package io.gonkapulse.localservers;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A data directory and the programs that initialize, start and stop a server on it. */
record PostgresCluster(PostgresPrograms programs, Path data, Path log) {

    static PostgresCluster in(Path home) {
        return new PostgresCluster(
                PostgresPrograms.unpackBeside(home), home.resolve("data"), home.resolve("postgres.log"));
    }

    void initializeIfMissing(String... options) throws IOException {
        DirectorySupport.createAtomically(data, draft -> initialise(draft, options));
        requireSameMajorVersion();
    }

    /** Stops the server that a killed program left running, on whatever port. */
    void stopLeftoverServer() throws IOException {
        if (PostmasterProcess.of(data).filter(PostmasterProcess::isServerOfData).isPresent()) {
            stop();
        } else {
            // PostgreSQL would mistake any living process with this id for its own server.
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    PostgresServerProcess start(List<String> settings) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("postgres.log.1"), REPLACE_EXISTING);
        }
        List<String> arguments = Stream.concat(Stream.of("-D", data.toString()), settings.stream())
                .toList();
        PostgresServerProcess server = new PostgresServerProcess(this, programs.startServer(arguments, log));
        server.awaitReadiness();
        return server;
    }

    /**
     * Terminates every session. If a fast shutdown fails, stops the server as a crash would; committed data is
     * recovered.
     */
    void stop() {
        if (!stop("fast").succeeded()) {
            requireSuccess(stop("immediate"), "stop PostgreSQL in " + data);
        }
    }

    private SystemCommand.ProcessResult stop(String mode) {
        return programs.run("pg_ctl", "stop", "--pgdata=" + data, "--mode=" + mode, "--wait", "--timeout=30");
    }

    private void initialise(Path directory, String... options) {
        String[] fixed = {
            "--pgdata=" + directory,
            "--username=" + LocalDatabase.USERNAME,
            "--auth=trust",
            "--encoding=UTF8",
            // The same sort order on every machine, independent of its installed locales.
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8"
        };
        String[] all = Stream.of(fixed, options).flatMap(Stream::of).toArray(String[]::new);
        requireSuccess(programs.run("initdb", all), "initialize a database in " + data);
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

    private static void requireSuccess(SystemCommand.ProcessResult outcome, String what) {
        if (!outcome.succeeded()) {
            throw new LocalServerFailedException("Could not " + what + ": " + outcome.output());
        }
    }
}

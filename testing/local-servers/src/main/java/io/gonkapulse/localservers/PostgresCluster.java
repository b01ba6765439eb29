package io.gonkapulse.localservers;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A data directory and the programs that initialize, start and stop a server on it. */
record PostgresCluster(PostgresPrograms programs, Path data, Path log) {

    static PostgresCluster in(Path home) {
        return new PostgresCluster(
                PostgresPrograms.unpackFor(home), home.resolve("data"), home.resolve("postgres.log"));
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

    ServerProcess start(List<String> settings) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("postgres.log.1"), REPLACE_EXISTING);
        }
        List<String> arguments = Stream.concat(Stream.of("-D", data.toString()), settings.stream())
                .toList();
        ServerProcess server = new ServerProcess(this, programs.startServer(arguments, log));
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

    /** A server process that this JVM started. */
    record ServerProcess(PostgresCluster cluster, Process process) {

        private static final int START_TIMEOUT_SECONDS = 60;
        private static final int EXIT_TIMEOUT_SECONDS = 10;
        private static final int POLL_INTERVAL_MILLIS = 20;
        private static final int LOG_TAIL_LINES = 12;

        void awaitReadiness() throws IOException {
            try {
                long deadline = System.nanoTime() + SECONDS.toNanos(START_TIMEOUT_SECONDS);
                while (!PostmasterProcess.isReady(cluster.data(), process.pid())) {
                    if (process.waitFor(POLL_INTERVAL_MILLIS, MILLISECONDS) || System.nanoTime() > deadline) {
                        process.destroyForcibly();
                        throw new LocalServerFailedException("PostgreSQL did not start in " + cluster.data()
                                + ". The end of its log:\n" + logTail());
                    }
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                throw interrupted("started", e);
            }
        }

        void stop() {
            if (process.isAlive()) {
                cluster.stop();
            }
            try {
                if (!process.waitFor(EXIT_TIMEOUT_SECONDS, SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                throw interrupted("stopped", e);
            }
        }

        /** Kills all its processes: a surviving child keeps the next server from starting. */
        void kill() {
            List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(
                    one -> one.onExit().orTimeout(EXIT_TIMEOUT_SECONDS, SECONDS).join());
        }

        private String logTail() throws IOException {
            List<String> lines = Files.readAllLines(cluster.log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        }

        private static LocalServerFailedException interrupted(String what, InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LocalServerFailedException("Interrupted while PostgreSQL " + what, e);
        }
    }
}

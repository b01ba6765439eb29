package io.gonkapulse.localservers;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** A server process that this JVM started. */
record PostgresServerProcess(PostgresCluster cluster, Process process) {

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
                    throw new LocalServerFailedException(
                            "PostgreSQL did not start in " + cluster.data() + ". The end of its log:\n" + logTail());
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
        all.forEach(one -> one.onExit().orTimeout(EXIT_TIMEOUT_SECONDS, SECONDS).join());
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

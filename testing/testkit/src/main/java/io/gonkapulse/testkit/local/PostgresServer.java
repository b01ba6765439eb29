package io.gonkapulse.testkit.local;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** A server that this process started. */
record PostgresServer(PostgresCluster cluster, Process process) {

    private static final int SECONDS_TO_START = 60;
    private static final int SECONDS_TO_EXIT = 10;
    private static final int MILLIS_BETWEEN_LOOKS = 20;
    private static final int LINES_OF_LOG_SHOWN = 12;

    void awaitReadiness() throws IOException {
        try {
            long deadline = System.nanoTime() + SECONDS.toNanos(SECONDS_TO_START);
            while (!Postmaster.isReady(cluster.data(), process.pid())) {
                if (process.waitFor(MILLIS_BETWEEN_LOOKS, MILLISECONDS) || System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new LocalServerFailedException(
                            "PostgreSQL did not start in " + cluster.data() + ". The end of its log:\n" + endOfLog());
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
            if (!process.waitFor(SECONDS_TO_EXIT, SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw interrupted("stopped", e);
        }
    }

    /** All its processes: one that lives on would keep the next server from starting. */
    void kill() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().orTimeout(SECONDS_TO_EXIT, SECONDS).join());
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.readAllLines(cluster.log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG_SHOWN), lines.size()));
    }

    private static LocalServerFailedException interrupted(String what, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LocalServerFailedException("Interrupted while PostgreSQL " + what, e);
    }
}

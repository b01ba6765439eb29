package io.gonkapulse.jobreporter.cli;

import io.gonkapulse.jobreporter.ReportedJob;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs a command and reports its end as that of a job. */
final class CommandRunner {

    private static final int NOT_STARTED = 127;

    /** 128 and the numbers of SIGHUP, SIGINT and SIGTERM. */
    private static final Set<Integer> STOPPED = Set.of(129, 130, 143);

    private static final long SIGNAL_DELAY_MILLIS = 300;

    /** A process that outlives the command may keep its error output open without writing to it. */
    private static final long SILENCE_MILLIS = 1_000;

    private static final int BUFFER_BYTES = 8 * 1024;

    private final List<String> command;
    private final StopSignal stopSignal;
    private final ProgramContext context;
    private final OutputTail errorOutput = new OutputTail();
    private volatile boolean writing;

    CommandRunner(List<String> command, StopSignal stopSignal, ProgramContext context) {
        this.command = List.copyOf(command);
        this.stopSignal = stopSignal;
        this.context = context;
    }

    /** Returns the exit code of the command. */
    int run(ReportedJob job) throws InterruptedException {
        Process process;
        try {
            process = start(job);
        } catch (IOException e) {
            context.err().println("jobs: " + e.getMessage());
            job.fail("exit code " + NOT_STARTED, e.getMessage(), null);
            return NOT_STARTED;
        }
        stopSignal.passTo(process);
        Thread copier = new Thread(() -> copyErrorOutput(process.getErrorStream()), "jobs-error-output");
        copier.setDaemon(true);
        copier.start();
        int exitCode = process.waitFor();
        awaitErrorOutput(copier);
        reportEnd(job, exitCode);
        return exitCode;
    }

    /** As long as the reader of our error output needs, as the command itself would have waited for it. */
    private void awaitErrorOutput(Thread copier) throws InterruptedException {
        long before;
        do {
            before = errorOutput.total();
            TimeUnit.MILLISECONDS.timedJoin(copier, SILENCE_MILLIS);
        } while (copier.isAlive() && (writing || errorOutput.total() > before) && !stopSignal.wasReceived());
    }

    private Process start(ReportedJob job) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(Redirect.INHERIT).redirectOutput(Redirect.INHERIT);
        builder.environment().put("JOBS_JOB_ID", job.id().toString());
        return builder.start();
    }

    private void copyErrorOutput(InputStream errors) {
        byte[] buffer = new byte[BUFFER_BYTES];
        boolean isOpen = true;
        try {
            for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
                errorOutput.append(buffer, n);
                isOpen = isOpen && write(buffer, n);
            }
        } catch (IOException e) {
            // The command has ended.
        }
    }

    /** Our own reader may have gone; the command must not notice. */
    private boolean write(byte[] bytes, int length) {
        writing = true;
        try {
            context.rawErrors().write(bytes, 0, length);
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            writing = false;
        }
    }

    private void reportEnd(ReportedJob job, int exitCode) throws InterruptedException {
        boolean isCanceled = stopSignal.wasReceived()
                || (STOPPED.contains(exitCode) && stopSignal.awaitReceived(SIGNAL_DELAY_MILLIS));
        if (isCanceled) {
            job.cancel("A signal stopped the command; its exit code is " + exitCode);
        } else if (exitCode == 0) {
            job.succeed(Map.of("exitCode", 0));
        } else {
            job.fail("exit code " + exitCode, errorOutput.lastLine(), errorOutput.text());
        }
    }
}

package io.gonkapulse.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Signals that Java has no API for. */
public enum ProcessSignal {
    /** Suspends a process between two instructions. */
    STOP,
    /** Resumes a suspended process. */
    CONT;

    public void sendTo(Collection<ProcessHandle> processes) {
        List<String> command = Stream.concat(
                        Stream.of("kill", "-" + name()),
                        processes.stream().map(process -> String.valueOf(process.pid())))
                .toList();
        try {
            if (!processes.isEmpty()) {
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

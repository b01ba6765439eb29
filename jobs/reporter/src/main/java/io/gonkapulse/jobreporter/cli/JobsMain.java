package io.gonkapulse.jobreporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;

/** Entry point: runs one command and exits. */
public final class JobsMain {

    private JobsMain() {}

    public static void main(String[] arguments) {
        // The libraries log; this program has no log, and their warning about that would puzzle its users.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // Unbuffered: the error output of a command passes through.
        OutputStream errors = new FileOutputStream(FileDescriptor.err);
        ProgramContext context = new ProgramContext(
                Map.copyOf(System.getenv()),
                InstantSource.system(),
                System.in,
                new PrintWriter(System.out, true, UTF_8),
                errors,
                new PrintWriter(errors, true, UTF_8));
        System.exit(new JobsApplication(context).run(arguments));
    }
}

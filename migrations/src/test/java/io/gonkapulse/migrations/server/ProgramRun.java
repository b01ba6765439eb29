package io.gonkapulse.migrations.server;

import io.gonkapulse.migrations.MigrationsApplication;
import io.gonkapulse.migrations.MigrationsMain;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Output and exit code of one run of the program. */
public record ProgramRun(int exitCode, String out, String err) {

    public static ProgramRun on(PostgresDatabase database, String... arguments) {
        return with(database.environment(), arguments);
    }

    public static ProgramRun with(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new MigrationsApplication(new PrintWriter(out), new PrintWriter(err))
                .run(List.of(arguments), Map.of(), new HashMap<>(environment));
        return new ProgramRun(exitCode, out.toString(), err.toString());
    }

    /** Starts the program in a process of its own, which can be killed. */
    public static ProgramProcess start(Map<String, String> environment, String... arguments) {
        return ProgramProcess.of(MigrationsMain.class)
                .environment(environment)
                .arguments(arguments)
                .start();
    }

    /** For preparation; fails the test if the command fails. */
    public static void succeed(PostgresDatabase database, String... arguments) {
        ProgramRun run = on(database, arguments);
        if (run.exitCode() != 0) {
            throw new AssertionError(List.of(arguments) + " ended with " + run);
        }
    }
}

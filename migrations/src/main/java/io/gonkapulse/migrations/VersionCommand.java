package io.gonkapulse.migrations;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the number alone, for scripts, and ignores problems. */
@Command(name = "version", description = "Prints the newest applied version, 0 for an empty database.")
final class VersionCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    VersionCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        program.listener().report(String.valueOf(StatusCommand.read(program).version()));
        return 0;
    }
}

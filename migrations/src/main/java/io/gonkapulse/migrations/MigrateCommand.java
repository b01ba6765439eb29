package io.gonkapulse.migrations;

import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The default command under its own name; only this form takes {@code --to}. */
@Command(
        name = "migrate",
        description = "Applies all pending migrations (default). Safe to repeat and to run concurrently.")
final class MigrateCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(names = "--to", paramLabel = "N", description = "Stop at version N.")
    private @Nullable Integer target;

    MigrateCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        program.migrate(target == null ? OptionalInt.empty() : OptionalInt.of(target));
        return 0;
    }
}

package io.gonkapulse.migrations.cli;

import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "migrate", description = "Takes all pending steps; the default. Safe to run again, and by two at once.")
final class MigrateCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Option(names = "--to", paramLabel = "N", description = "Goes no further than step N.")
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

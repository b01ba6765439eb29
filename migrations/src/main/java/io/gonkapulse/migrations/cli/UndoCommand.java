package io.gonkapulse.migrations.cli;

import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.undo.UndoTarget;
import io.gonkapulse.migrations.undo.UndoTask;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "undo", description = "Undoes the newest migration, and prints what happened to its data.")
final class UndoCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @ArgGroup
    private UndoTargetOptions targetOptions = new UndoTargetOptions();

    UndoCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        MigrationModule module = program.module();
        new UndoTask(program.database(module), module, program.options(), program.listener())
                .run(targetOptions.target());
        return 0;
    }

    /** Mutually exclusive options. */
    static final class UndoTargetOptions {

        @Option(names = "--to", paramLabel = "N", description = "Undo every migration above version N.")
        private @Nullable Integer version;

        @Option(names = "--all", description = "Undo every migration.")
        private boolean all;

        UndoTarget target() {
            if (version != null) {
                return new UndoTarget.DownToVersion(version);
            }
            return all ? new UndoTarget.AllMigrations() : new UndoTarget.NewestMigration();
        }
    }
}

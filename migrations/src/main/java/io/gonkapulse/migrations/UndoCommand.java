package io.gonkapulse.migrations;

import io.gonkapulse.migrations.scripts.MigrationModule;
import io.gonkapulse.migrations.undo.UndoTask;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Without an option only the newest migration, because each undo may lose data. */
@Command(name = "undo", description = "Undoes the newest migration, and prints what happened to its data.")
final class UndoCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @ArgGroup
    private UndoTarget target = new UndoTarget();

    UndoCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        MigrationModule module = program.module();
        UndoTask task = new UndoTask(program.database(module), module, program.options(), program.listener());
        if (target.version != null) {
            task.undoTo(target.version);
        } else if (target.all) {
            task.undoAll();
        } else {
            task.undoNewest();
        }
        return 0;
    }

    /** Mutually exclusive options. */
    static final class UndoTarget {

        @Option(names = "--to", paramLabel = "N", description = "Undo every migration above version N.")
        private @Nullable Integer version;

        @Option(names = "--all", description = "Undo every migration.")
        private boolean all;
    }
}

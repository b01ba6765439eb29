package io.gonkapulse.migrations.command;

import io.gonkapulse.migrations.back.Undo;
import io.gonkapulse.migrations.back.UndoTarget;
import io.gonkapulse.migrations.steps.StepFolder;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "undo", description = "Takes back the newest step, and says what became of its data.")
final class UndoCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @ArgGroup
    private HowFar howFar = new HowFar();

    UndoCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        StepFolder folder = program.folder();
        new Undo(program.database(folder), folder, program.options(), program.narrator()).run(howFar.target());
        return 0;
    }

    /** At most one of them. */
    static final class HowFar {

        @Option(names = "--to", paramLabel = "N", description = "Takes back every step above N.")
        private @Nullable Integer step;

        @Option(names = "--all", description = "Takes back every step.")
        private boolean all;

        UndoTarget target() {
            if (step != null) {
                return new UndoTarget.To(step);
            }
            return all ? new UndoTarget.All() : new UndoTarget.Newest();
        }
    }
}

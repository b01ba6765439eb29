package io.gonkapulse.migrations;

import io.gonkapulse.migrations.scripts.MigrationFileWriter;
import io.gonkapulse.migrations.scripts.MigrationFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Needs a source tree, but no database: a developer runs it before the migration exists. */
@Command(name = "new", description = "Writes the migration and undo file of the next version, with headers to fill in.")
final class NewCommand implements Callable<Integer> {

    private final MigrationsCommand program;

    @Parameters(paramLabel = "NAME", description = "What the migration does, such as \"wallet labels\".")
    private String name = "";

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            description = "Resources folder of the source tree (default migrations/src/main/resources).")
    private Path directory = Path.of("migrations", "src", "main", "resources");

    NewCommand(MigrationsCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        MigrationFiles files = MigrationFiles.in(
                directory.resolve("db").resolve(program.module().name()));
        MigrationFileWriter.write(files, name)
                .forEach(file -> program.listener().report("Wrote " + file));
        return 0;
    }
}

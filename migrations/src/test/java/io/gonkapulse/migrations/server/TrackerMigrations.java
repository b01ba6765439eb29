package io.gonkapulse.migrations.server;

import io.gonkapulse.migrations.scripts.MigrationFiles;
import java.nio.file.Path;

/** The migrations of the source tree. */
public final class TrackerMigrations {

    public static final int NEWEST = MigrationFiles.in(Path.of("src", "main", "resources", "db", "tracker"))
            .newestVersion();

    private TrackerMigrations() {}
}

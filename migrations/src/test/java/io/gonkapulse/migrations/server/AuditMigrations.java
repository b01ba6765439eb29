package io.gonkapulse.migrations.server;

import io.gonkapulse.migrations.scripts.MigrationFiles;
import java.nio.file.Path;

/** The migrations of the module audit in the source tree. */
public final class AuditMigrations {

    public static final int NEWEST_AUDIT = MigrationFiles.in(Path.of("src", "main", "resources", "db", "audit"))
            .newestVersion();

    private AuditMigrations() {}
}

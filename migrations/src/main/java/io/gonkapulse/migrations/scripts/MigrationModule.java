package io.gonkapulse.migrations.scripts;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.misconfigured;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** A module with its own schema history: where its scripts are and which schema they change. */
public record MigrationModule(String name, String schema) {

    private static final Map<String, MigrationModule> KNOWN =
            Map.of("tracker", new MigrationModule("tracker", "public"));
    /** Documents name these modules already, so they get another message than a typing error. */
    private static final Set<String> PLANNED = Set.of("audit", "relay");

    /**
     * Finds a module by the name of option {@code --module}.
     *
     * @throws MigrationException for unknown and planned modules
     */
    public static MigrationModule of(String module) {
        MigrationModule known = KNOWN.get(module);
        if (known != null) {
            return known;
        }
        throw misconfigured(
                PLANNED.contains(module)
                        ? "--module: there are no migrations for " + module + " yet"
                        : "--module: expected tracker, audit or relay, got \"" + module + '"');
    }

    public String location() {
        return "db/" + name + "/migration";
    }

    /**
     * Reads a migration script.
     *
     * @param script file name, as stored in Flyway's history
     */
    public MigrationScript migrationScript(String script) {
        return read(location() + "/" + script);
    }

    /**
     * Reads the undo script of a migration.
     *
     * @param script file name of the migration
     */
    public MigrationScript undoScript(String script) {
        return read("db/" + name + "/undo/" + script.replaceFirst("^V", "U"));
    }

    /**
     * Reads a script from the class path. Line ends are those of Unix, because a checkout on Windows may have packed
     * others, and header and statements are found by line.
     */
    public MigrationScript read(String resource) {
        try (InputStream stream = MigrationModule.class.getResourceAsStream("/" + resource)) {
            if (stream == null) {
                throw failed("Expected " + resource + " in this program, found none: "
                        + "run the version of the program that contains this migration");
            }
            String name = resource.substring(resource.lastIndexOf('/') + 1);
            return MigrationScript.of(name, new String(stream.readAllBytes(), UTF_8).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + resource, e);
        }
    }
}

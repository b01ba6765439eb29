package io.gonkapulse.migrations.scripts;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.misconfigured;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A module with its own schema history: where its scripts are and which schema they change. */
public record MigrationModule(String name, String schema) {

    public static final MigrationModule TRACKER = new MigrationModule("tracker", "public");
    public static final MigrationModule AUDIT = new MigrationModule("audit", "audit");

    private static final List<MigrationModule> ALL = List.of(TRACKER, AUDIT);
    /** Documents name these modules already, so they get another message than a typing error. */
    private static final Set<String> PLANNED = Set.of("relay", "portal");

    /**
     * Finds the modules that a setting names.
     *
     * @param setting name of the setting, for messages
     * @param names names separated by commas, or {@code all}
     * @throws MigrationException for unknown and planned modules
     */
    public static List<MigrationModule> listOf(String setting, String names) {
        if (names.strip().equals("all")) {
            return ALL;
        }
        return Arrays.stream(names.split(",", -1))
                .map(name -> find(setting, name.strip()))
                .distinct()
                .toList();
    }

    private static MigrationModule find(String setting, String name) {
        return ALL.stream()
                .filter(module -> module.name.equals(name))
                .findFirst()
                .orElseThrow(() -> misconfigured(
                        PLANNED.contains(name)
                                ? setting + ": there are no migrations for " + name + " yet"
                                : setting + ": expected tracker, audit or all, got \"" + name + '"'));
    }

    /** Every database has the schema public; other schemas are created with the first migration of their module. */
    public boolean createsSchema() {
        return !schema.equals("public");
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

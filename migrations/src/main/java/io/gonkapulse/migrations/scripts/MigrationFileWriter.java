package io.gonkapulse.migrations.scripts;

import static io.gonkapulse.migrations.scripts.MigrationException.failed;
import static io.gonkapulse.migrations.scripts.MigrationException.misconfigured;
import static java.nio.file.StandardOpenOption.CREATE_NEW;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes the two files of a new migration. */
public final class MigrationFileWriter {

    /** The defaults are strict, so that a migration which needs more states it. */
    private static final String MIGRATION_TEMPLATE = """
            -- V{number}: {title}
            -- Locks: (which, on what, for how long; what waits for it)
            -- Way back: (what it does, and whether data survives it)
            -- Lock timeout: 5s
            -- Statement timeout: 5min
            -- Transaction: yes

            """;

    private static final String UNDO_TEMPLATE = """
            -- U{number}: undoes V{number}
            -- Locks: (which, on what, for how long; what waits for it)
            -- Data: (what is lost; what is kept)
            -- Lock timeout: 5s
            -- Statement timeout: 5min
            -- Transaction: yes

            """;

    private MigrationFileWriter() {}

    /**
     * Writes migration and undo with the next version.
     *
     * @return the written files
     * @throws MigrationException if the existing files have problems, or the name is invalid
     */
    public static List<Path> write(MigrationFiles files, String name) {
        String words = name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
        if (!words.matches("[a-z0-9]+(_[a-z0-9]+)*") || words.length() > 100) {
            throw misconfigured(
                    "NAME: expected words of letters and digits, such as \"wallet labels\", got \"" + name + '"');
        }
        List<String> problems = files.problems();
        if (!problems.isEmpty()) {
            throw failed("Fix these problems first:\n  " + String.join("\n  ", problems));
        }
        int version = files.nextVersion();
        return List.of(
                write(
                        files.migrationFile("V" + version + "__" + words + ".sql"),
                        fillTemplate(MIGRATION_TEMPLATE, version, words)),
                write(
                        files.undoFile("U" + version + "__" + words + ".sql"),
                        fillTemplate(UNDO_TEMPLATE, version, words)));
    }

    private static String fillTemplate(String template, int version, String words) {
        return template.replace("{number}", String.valueOf(version)).replace("{title}", words.replace('_', ' '));
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text, CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file, e);
        }
    }
}

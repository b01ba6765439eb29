package io.gonkapulse.migrations.steps;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;
import static io.gonkapulse.migrations.outcome.MigrationException.misconfigured;
import static java.nio.file.StandardOpenOption.CREATE_NEW;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes the two files of a step that is to come. */
public final class NewStep {

    private static final String FORWARD = """
            -- V{number}: {title}
            -- Locks: (which, on what, for how long; what waits for it)
            -- Way back: (what it does, and whether data survives it)
            -- Lock timeout: 5s
            -- Statement timeout: 5min
            -- Transaction: yes

            """;

    private static final String BACK = """
            -- U{number}: the way back of V{number}
            -- Locks: (which, on what, for how long; what waits for it)
            -- Data: (what is lost; what is kept)
            -- Lock timeout: 5s
            -- Statement timeout: 5min
            -- Transaction: yes

            """;

    private NewStep() {}

    public static List<Path> write(StepFiles files, String name) {
        String words = name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
        if (!words.matches("[a-z0-9]+(_[a-z0-9]+)*") || words.length() > 100) {
            throw misconfigured(
                    "NAME: expected words of letters and digits, such as \"wallet labels\", got \"" + name + '"');
        }
        List<String> problems = files.problems();
        if (!problems.isEmpty()) {
            throw failed("First mend what is there:\n  " + String.join("\n  ", problems));
        }
        int version = files.nextVersion();
        return List.of(
                write(files.forward("V" + version + "__" + words + ".sql"), filled(FORWARD, version, words)),
                write(files.back("U" + version + "__" + words + ".sql"), filled(BACK, version, words)));
    }

    private static String filled(String form, int version, String words) {
        return form.replace("{number}", String.valueOf(version)).replace("{title}", words.replace('_', ' '));
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text, CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file, e);
        }
    }
}

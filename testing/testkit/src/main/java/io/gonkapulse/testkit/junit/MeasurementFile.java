package io.gonkapulse.testkit.junit;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a test measures but does not assert. Each run of the test class starts a new file. */
public record MeasurementFile(Path path) {

    private static final Path DIRECTORY = Path.of("target", "measurements");

    /** Creates an empty {@code target/measurements/<Test>.txt}. */
    public static MeasurementFile of(Class<?> test) {
        return of(test.getSimpleName() + ".txt");
    }

    private static MeasurementFile of(String name) {
        try {
            Path path = Files.createDirectories(DIRECTORY).resolve(name);
            Files.deleteIfExists(path);
            return new MeasurementFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not create " + name, e);
        }
    }

    /** Appends a line, with arguments as in {@link String#format}. */
    public void add(String format, Object... arguments) {
        try {
            Files.write(path, List.of(String.format(Locale.ROOT, format, arguments)), CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write to " + path, e);
        }
    }
}

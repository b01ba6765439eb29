package io.gonkapulse.quickstart;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Addresses and network of the quickstart that runs in a data directory; for programs that connect to it. The file
 * exists from when all parts are ready until the next start.
 *
 * @param values {@code database} (JDBC URL without credentials), {@code kafka} (bootstrap servers), {@code <part>.url},
 *     and of a simulated network {@code nodes} and {@code seed}, which determine it
 */
record RunningProperties(Map<String, String> values) {

    private static final String FILE = "running.properties";

    /** Deletes the file of the last run. */
    static void delete(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not delete " + directory.resolve(FILE), e);
        }
    }

    /**
     * Creates the file with all its content at once, because scripts wait for it. The lines have no escapes, so that
     * scripts can read them as they are.
     */
    void writeTo(Path directory) {
        Path unfinished = directory.resolve(FILE + ".new");
        try {
            Files.write(
                    unfinished,
                    values.entrySet().stream()
                            .map(value -> value.getKey() + '=' + value.getValue())
                            .sorted()
                            .toList());
            Files.move(unfinished, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + directory.resolve(FILE), e);
        }
    }

    /** Fails with a message that says what to do if there is no file. */
    static RunningProperties read(Path directory) {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(directory.resolve(FILE))) {
            properties.load(file);
        } catch (IOException e) {
            throw new NotRunningException("No quickstart is ready in " + directory.toAbsolutePath(), e);
        }
        return new RunningProperties(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty)));
    }

    String database() {
        return values.getOrDefault("database", "");
    }

    String kafka() {
        return values.getOrDefault("kafka", "");
    }

    /** Empty if a real tracker is polled. */
    Optional<SimulationSize> simulation() {
        return Optional.ofNullable(values.get("nodes"))
                .map(nodes ->
                        new SimulationSize(Integer.parseInt(nodes), Long.parseLong(values.getOrDefault("seed", "0"))));
    }

    /** What determines a simulated network. */
    record SimulationSize(int nodes, long seed) {}

    /** No quickstart runs. */
    static final class NotRunningException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotRunningException(String message, Exception cause) {
            super(message + ": start it and try again", cause);
        }
    }
}

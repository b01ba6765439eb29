package io.gonkapulse.quickstart;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Addresses and network of the quickstart that runs, or ran last, in a data directory; for programs that connect to it.
 *
 * @param database JDBC URL without credentials
 * @param kafka bootstrap servers
 * @param nodes participants of the simulated network
 * @param seed seed of the simulated network; with {@code nodes} it determines the network
 */
record RunningProperties(String database, String kafka, int nodes, long seed) {

    private static final String FILE = "running.properties";

    /** Replaces the file of the last run. External scripts read its keys. */
    void writeTo(Path directory) {
        Properties properties = new Properties();
        properties.setProperty("database", database);
        properties.setProperty("kafka", kafka);
        properties.setProperty("nodes", String.valueOf(nodes));
        properties.setProperty("seed", String.valueOf(seed));
        try (Writer file = Files.newBufferedWriter(directory.resolve(FILE))) {
            properties.store(file, "Addresses of this quickstart");
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
            throw new NotRunningException("No quickstart has run in " + directory.toAbsolutePath(), e);
        }
        return new RunningProperties(
                properties.getProperty("database", ""),
                properties.getProperty("kafka", ""),
                Integer.parseInt(properties.getProperty("nodes", "0")),
                Long.parseLong(properties.getProperty("seed", "0")));
    }

    /** No quickstart runs. */
    static final class NotRunningException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotRunningException(String message, Exception cause) {
            super(message + ": start it and try again", cause);
        }
    }
}

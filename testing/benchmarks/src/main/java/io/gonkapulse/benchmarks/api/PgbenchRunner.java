package io.gonkapulse.benchmarks.api;

import io.gonkapulse.localservers.LocalDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs pgbench, PostgreSQL's own load generator: the upper limit for any client of the database. */
final class PgbenchRunner {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path program;
    private final LocalDatabase database;
    private final Path scripts;

    PgbenchRunner(LocalDatabase database, Path scripts) {
        this.program = findProgram();
        this.database = database;
        this.scripts = scripts;
    }

    /**
     * Returns transactions per second. Each client prepares the statement once and sets its variables each time.
     *
     * @param variables pgbench commands that set the variables of the statement
     */
    double transactionsPerSecond(String variables, String sql, int clients, int seconds) {
        try {
            Path script = Files.writeString(scripts.resolve("statement.sql"), variables + sql.strip() + ";\n");
            return parseRate(runAndReadOutput(command(script, clients, seconds)));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while pgbench ran", e);
        }
    }

    /** Prepared statements, as the gateway uses them, and no vacuum between measurements. */
    private List<String> command(Path script, int clients, int seconds) {
        return List.of(
                program.toString(),
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--username=" + LocalDatabase.USERNAME,
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=2",
                "--time=" + seconds,
                "--file=" + script,
                ApiDataGenerator.DATABASE);
    }

    private static String runAndReadOutput(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("pgbench failed: " + output);
        }
        return output;
    }

    private static double parseRate(String output) {
        Matcher rate = RATE.matcher(output);
        if (!rate.find()) {
            throw new IllegalStateException("Expected a rate in the output of pgbench, got: " + output);
        }
        return Double.parseDouble(rate.group(1));
    }

    /** Debian installs pgbench outside of the PATH. */
    private static Path findProgram() {
        try (Stream<Path> path = Arrays.stream(System.getenv("PATH").split(":")).map(Path::of);
                Stream<Path> debian = Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.of()) {
            return Stream.concat(path, debian.map(version -> version.resolve("bin")))
                    .map(directory -> directory.resolve("pgbench"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Expected pgbench in the PATH or below " + DEBIAN
                            + "; install Debian's package postgresql-contrib"));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not search for pgbench", e);
        }
    }
}

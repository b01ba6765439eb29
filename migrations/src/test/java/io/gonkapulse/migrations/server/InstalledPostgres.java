package io.gonkapulse.migrations.server;

import io.gonkapulse.localservers.LoopbackPort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of an installed PostgreSQL version. */
record InstalledPostgres(Path bin, List<String> prefix) {

    static Optional<InstalledPostgres> find(String version) {
        return candidates(version)
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pg_ctl")))
                .filter(bin -> output(List.of(bin.resolve("initdb").toString(), "--version"))
                        .contains(" " + version + "."))
                .findFirst()
                .map(bin -> new InstalledPostgres(bin, rootHider()));
    }

    PostgresServer start(Path home) {
        try {
            Files.createDirectories(home);
            Path data = home.resolve("data").toAbsolutePath();
            int port = LoopbackPort.findFree();
            run(
                    "initdb",
                    "-D",
                    data.toString(),
                    "-U",
                    "postgres",
                    "-A",
                    "trust",
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "--no-sync");
            run(
                    "pg_ctl",
                    "start",
                    "--wait",
                    "-D",
                    data.toString(),
                    "-l",
                    home.resolve("log").toAbsolutePath().toString(),
                    "-o",
                    "-p " + port
                            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c timezone=UTC");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                run("pg_ctl", "stop", "-m", "immediate", "-D", data.toString());
                deleteAll(home);
            }));
            return new PostgresServer("127.0.0.1", port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String program, String... arguments) {
        output(Stream.of(prefix.stream(), Stream.of(bin.resolve(program).toString()), Stream.of(arguments))
                .flatMap(part -> part)
                .toList());
    }

    private static Stream<Path> candidates(String version) {
        List<Path> folders = new ArrayList<>();
        Optional.ofNullable(System.getProperty("postgres" + version + ".bin"))
                .map(Path::of)
                .ifPresent(folders::add);
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(Path::of)
                .forEach(folders::add);
        for (String usual : List.of("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt", "/usr")) {
            folders.addAll(below(Path.of(usual), version));
        }
        return folders.stream();
    }

    private static List<Path> below(Path folder, String version) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, "*" + version + "*")) {
                children.forEach(child -> found.add(child.resolve("bin")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** PostgreSQL refuses to run as root; in its own user namespace root has no privileges. */
    private static List<String> rootHider() {
        return System.getProperty("user.name").equals("root") ? List.of("unshare", "--user", "--") : List.of();
    }

    private static String output(List<String> command) {
        try {
            Path output = Files.createTempFile("output", null);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int exit = process.waitFor();
            String text = Files.readString(output);
            if (exit != 0) {
                throw new IllegalStateException(command + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void deleteAll(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

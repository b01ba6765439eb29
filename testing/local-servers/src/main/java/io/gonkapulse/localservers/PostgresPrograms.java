package io.gonkapulse.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's unpacked programs, run as a user that they accept. */
record PostgresPrograms(Path directory, List<String> userPrefix) {

    private static final int ROOT = 0;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    static PostgresPrograms unpackFor(Path home) {
        try {
            PostgresArchive archive = PostgresArchive.forThisPlatform();
            String shared = System.getProperty(LocalDatabase.PROGRAMS_DIRECTORY, "");
            Path directory = shared.isEmpty()
                    ? home.resolveSibling(archive.fingerprint())
                    : Path.of(shared, archive.fingerprint());
            DirectorySupport.createAtomically(directory, archive::unpackInto);
            return new PostgresPrograms(directory, userFor(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack PostgreSQL for " + home, e);
        }
    }

    SystemCommand.ProcessResult run(String program, String... arguments) {
        return new SystemCommand(commandLine(userPrefix, program, List.of(arguments))).run();
    }

    /**
     * Starts the server in its own session, so that Ctrl-C in the terminal does not stop the database before its
     * clients.
     */
    Process startServer(List<String> arguments, Path log) throws IOException {
        List<String> newSession = Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of();
        return new SystemCommand(
                        Stream.concat(newSession.stream(), commandLine(userPrefix, "postgres", arguments).stream())
                                .toList())
                .start(log);
    }

    String majorVersion() {
        SystemCommand.ProcessResult version = run("postgres", "--version");
        if (!version.succeeded()) {
            throw new LocalServerFailedException("PostgreSQL's programs do not run here: " + version.output());
        }
        return version.output().replaceFirst("^postgres \\(PostgreSQL\\) (\\d+)\\b.*$", "$1");
    }

    private List<String> commandLine(List<String> before, String program, List<String> arguments) {
        Path file = directory.resolve("bin").resolve(program);
        return Stream.of(before.stream(), Stream.of(file.toString()), arguments.stream())
                .flatMap(words -> words)
                .toList();
    }

    /**
     * PostgreSQL does not run as root. Inside a user namespace root has another user id and keeps its access to its
     * files.
     */
    private static List<String> userFor(Path ownDirectory) throws IOException {
        boolean root =
                ownDirectory.getFileSystem().supportedFileAttributeViews().contains("unix")
                        && Files.getAttribute(ownDirectory, "unix:uid").equals(ROOT);
        if (!root) {
            return List.of();
        }
        SystemCommand.ProcessResult trial = new SystemCommand(List.of("unshare", "--user", "--", "true")).run();
        if (!trial.succeeded()) {
            throw new LocalServerFailedException("PostgreSQL does not run as root, and this machine refuses the user "
                    + "namespace that would hide it (" + trial.output() + "): run as an ordinary user");
        }
        return List.of("unshare", "--user", "--");
    }
}

package io.gonkapulse.testkit.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's own programs, unpacked, and run by a user that they accept. */
record PostgresPrograms(Path directory, List<String> prefix) {

    private static final int ROOT = 0;

    static PostgresPrograms unpackedBeside(Path home) {
        try {
            PostgresArchive archive = PostgresArchive.ofThisPlatform();
            Path directory = home.resolveSibling(archive.fingerprint());
            Directories.makeWhole(directory, archive::unpackInto);
            return new PostgresPrograms(directory, prefixFor(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack PostgreSQL beside " + home, e);
        }
    }

    Command.Outcome run(String program, String... arguments) {
        return Command.run(Stream.of(
                        prefix.stream(),
                        Stream.of(directory.resolve("bin").resolve(program).toString()),
                        Stream.of(arguments))
                .flatMap(part -> part)
                .toList());
    }

    String majorVersion() {
        Command.Outcome version = run("postgres", "--version");
        if (!version.succeeded()) {
            throw new LocalServerFailedException("PostgreSQL's programs do not run here: " + version.output());
        }
        return version.output().replaceFirst("^postgres \\(PostgreSQL\\) (\\d+)\\b.*$", "$1");
    }

    /** PostgreSQL refuses root. In a user namespace of its own root has another name and the same rights to its files. */
    private static List<String> prefixFor(Path ownDirectory) throws IOException {
        boolean root =
                ownDirectory.getFileSystem().supportedFileAttributeViews().contains("unix")
                        && Files.getAttribute(ownDirectory, "unix:uid").equals(ROOT);
        if (!root) {
            return List.of();
        }
        List<String> prefix = List.of("unshare", "--user", "--");
        Command.Outcome trial =
                Command.run(Stream.concat(prefix.stream(), Stream.of("true")).toList());
        if (!trial.succeeded()) {
            throw new LocalServerFailedException("PostgreSQL does not run as root, and this machine refuses the user "
                    + "namespace that would hide it (" + trial.output() + "): run as an ordinary user");
        }
        return prefix;
    }
}

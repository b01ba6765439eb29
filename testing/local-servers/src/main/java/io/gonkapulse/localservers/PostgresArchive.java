package io.gonkapulse.localservers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The archive of PostgreSQL's programs for one platform, from the class path. */
final class PostgresArchive {

    private final String name;
    private final byte[] content;

    private PostgresArchive(String name, byte[] content) {
        this.name = name;
        this.content = content;
    }

    static PostgresArchive forThisPlatform() throws IOException {
        String name = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream archive = PostgresArchive.class.getResourceAsStream("/" + name + ".txz")) {
            if (archive == null) {
                throw new LocalServerFailedException("Expected " + name + ".txz on the class path, found none: "
                        + "the build packs its own platform only; build on a machine of this platform");
            }
            return new PostgresArchive(name, archive.readAllBytes());
        }
    }

    static String archiveName(String system, String machine) {
        String lower = system.toLowerCase(Locale.ROOT);
        String platform = lower.startsWith("mac") ? "darwin" : lower.startsWith("windows") ? "windows" : lower;
        String processor = machine.equals("aarch64") ? "arm_64" : machine.equals("amd64") ? "x86_64" : machine;
        return "postgres-" + platform + "-" + processor;
    }

    /** Identifies the archive's content, so that programs of another version are never reused. */
    String fingerprint() {
        CRC32 sum = new CRC32();
        sum.update(content);
        return name + "-" + Long.toHexString(sum.getValue());
    }

    void unpackInto(Path directory) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(content)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, resolveInside(directory, entry.getName()));
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true)) {
                throw new IOException("Could not make " + target + " executable");
            }
        }
    }

    private static Path resolveInside(Path directory, String name) throws IOException {
        Path target = directory.resolve(name).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("Expected an entry inside the target directory, got " + name);
        }
        return target;
    }
}

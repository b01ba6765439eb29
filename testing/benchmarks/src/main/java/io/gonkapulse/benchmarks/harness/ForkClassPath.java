package io.gonkapulse.benchmarks.harness;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Prepares the class path of forked JVMs. An executable jar contains its libraries as nested jars, which a plain JVM
 * cannot load, so it is unpacked first.
 */
public final class ForkClassPath {

    private static final String CLASS_PATH = "java.class.path";
    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    private ForkClassPath() {}

    /** Must run before the first fork. Does nothing if the class path is not an executable jar. */
    public static void prepare() {
        File program = new File(System.getProperty(CLASS_PATH));
        if (program.isFile() && program.getName().endsWith(".jar")) {
            try {
                System.setProperty(CLASS_PATH, unpack(program, Files.createTempDirectory("benchmarks")));
            } catch (IOException e) {
                throw new UncheckedIOException("Could not unpack " + program, e);
            }
        }
    }

    /** Returns the class path of the unpacked jar: its classes first, then its libraries. */
    static String unpack(File program, Path target) throws IOException {
        try (JarFile jar = new JarFile(program)) {
            for (ZipEntry entry : programEntries(jar)) {
                Path file = target.resolve(entry.getName());
                Files.createDirectories(file.resolveSibling("."));
                try (InputStream content = jar.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
        try (Stream<Path> libraries = Files.list(target.resolve(LIBRARIES))) {
            return Stream.concat(Stream.of(target.resolve(CLASSES)), libraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static List<ZipEntry> programEntries(JarFile jar) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .filter(entry ->
                        entry.getName().startsWith(CLASSES) || entry.getName().startsWith(LIBRARIES))
                .map(ZipEntry.class::cast)
                .toList();
    }
}

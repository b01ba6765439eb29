package io.gonkapulse.benchmarks.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The JVMs that JMH starts look for their classes on this one's class path. An executable jar holds its libraries as jars
 * inside a jar, where a plain JVM cannot look, so it is unpacked first.
 */
final class ForkClassPath {

    private static final String CLASS_PATH = "java.class.path";

    private ForkClassPath() {}

    static void prepare() {
        Path program = Path.of(System.getProperty(CLASS_PATH));
        if (program.getFileName().toString().equals("benchmarks.jar")) {
            System.setProperty(CLASS_PATH, unpacked(program).toString());
        }
    }

    private static Path unpacked(Path program) {
        try {
            Path target = Files.createTempDirectory("benchmarks").resolve("unpacked");
            int exitCode = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djarmode=tools",
                            "-jar",
                            program.toString(),
                            "extract",
                            "--destination",
                            target.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("Could not unpack " + program + ": exit code " + exitCode);
            }
            return target.resolve(program.getFileName());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while unpacking " + program, e);
        }
    }
}

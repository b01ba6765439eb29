package io.gonkapulse.benchmarks.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkClassPathTest {

    @Test
    void unpacksExecutableJar(@TempDir Path directory) throws IOException {
        Path program = directory.resolve("program.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(program))) {
            for (String name : new String[] {"BOOT-INF/classes/a/A.class", "BOOT-INF/lib/b.jar", "launcher/L.class"}) {
                jar.putNextEntry(new ZipEntry(name));
                jar.write(name.getBytes(UTF_8));
            }
        }
        Path target = directory.resolve("unpacked");

        String classPath = ForkClassPath.unpack(program.toFile(), target);

        assertThat(classPath.split(File.pathSeparator))
                .containsExactly(
                        target.resolve("BOOT-INF/classes").toString(),
                        target.resolve("BOOT-INF/lib/b.jar").toString());
        assertThat(target.resolve("BOOT-INF/classes/a/A.class")).hasContent("BOOT-INF/classes/a/A.class");
        assertThat(target.resolve("launcher")).doesNotExist();
    }
}

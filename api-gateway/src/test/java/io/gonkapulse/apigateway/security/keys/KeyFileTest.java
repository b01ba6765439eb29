package io.gonkapulse.apigateway.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gonkapulse.apigateway.core.GatewayProperties.RateLimit;
import io.gonkapulse.apigateway.core.KeyRight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    private static final ApiKey KEY = new ApiKey(
            "portal",
            "ab".repeat(32),
            new RateLimit(5, Duration.ofMinutes(1)),
            Instant.parse("2026-03-10T12:00:00Z"),
            Set.of(KeyRight.TRACKERS, KeyRight.RELAYS));

    @TempDir
    private Path folder = Path.of("");

    private Path path = folder;

    @BeforeEach
    void writeOneKey() throws IOException {
        path = folder.resolve("keys");
        new KeyFile(path).write(List.of(KEY));
    }

    @Test
    void newFileIsPrivate() throws IOException {
        assertThat(permissions(path)).isEqualTo("rw-------");
    }

    @Test
    void keepsPermissions() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));

        new KeyFile(path).write(List.of());

        assertThat(permissions(path)).isEqualTo("rw-r-----");
        assertThat(new KeyFile(path).read().keys()).isEmpty();
        assertThat(listFiles(folder)).containsExactly(path);
    }

    @Test
    void keepsOwner() throws IOException {
        assumeTrue(Files.getOwner(path).getName().equals("root"), "only root can change the owner of a file");
        UserPrincipal nobody =
                path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(path, nobody);

        new KeyFile(path).write(List.of());

        assertThat(Files.getOwner(path)).isEqualTo(nobody);
        assertThat(permissions(path)).isEqualTo("rw-------");
    }

    @Test
    void keepsSymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);

        new KeyFile(link).write(List.of());

        assertThat(link).isSymbolicLink();
        assertThat(new KeyFile(path).read().keys()).isEmpty();
    }

    @Test
    void skipsInvalidLines() throws IOException {
        Files.write(
                path,
                List.of(
                        "none 00 0 PT1M 2026-03-10T12:00:00Z",
                        "never 01 1 PT0S 2026-03-10T12:00:00Z",
                        "words 02 many PT1M 2026-03-10T12:00:00Z",
                        "fast 03 2000000000 PT1S 2026-03-10T12:00:00Z",
                        "long 04 1 PT9999999999H 2026-03-10T12:00:00Z",
                        "right 05 1 PT1M 2026-03-10T12:00:00Z everything",
                        "# a comment",
                        KEY.toLine()));

        KeyFile.Content content = new KeyFile(path).read();
        assertThat(content.keys()).containsExactly(KEY);
        assertThat(content.problems())
                .hasSize(6)
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("line 4: ").contains("2000000000 in 1 s"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("line 6: ").contains("trackers, jobs, relays"))
                .noneSatisfy(problem -> assertThat(problem).contains("fast"));
    }

    @Test
    void readsOlderFormat() throws IOException {
        Files.write(path, List.of("portal " + KEY.hash() + " 5 PT1M 2026-03-10T12:00:00Z"));

        assertThat(new KeyFile(path).read().keys())
                .containsExactly(new ApiKey("portal", KEY.hash(), KEY.limit(), KEY.createdAt(), Set.of()));
    }

    @Test
    void writesOlderFormatWithoutRights() {
        ApiKey key = new ApiKey("portal", KEY.hash(), KEY.limit(), KEY.createdAt(), Set.of());

        assertThat(key.toLine()).isEqualTo("portal " + KEY.hash() + " 5 PT1M 2026-03-10T12:00:00Z");
        assertThat(KEY.toLine()).isEqualTo(key.toLine() + " trackers,relays");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<Path> listFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}

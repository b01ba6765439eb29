package io.gonkapulse.servicekit.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gonkapulse.servicekit.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    private static final ApiKey<TestRight> KEY = new ApiKey<TestRight>(
            "portal",
            "ab".repeat(32),
            new RequestRate(5, Duration.ofMinutes(1)),
            Instant.parse("2026-03-10T12:00:00Z"),
            Set.of(TestRight.TRACKERS, TestRight.RELAYS));

    private static final KeyGrantFormat<TestRight> FORMAT = new KeyGrantFormat<>() {
        @Override
        public String program() {
            return "api-gateway";
        }

        @Override
        public String noun() {
            return "rights";
        }

        @Override
        public TestRight parse(String text) {
            return Arrays.stream(TestRight.values())
                    .filter(right -> format(right).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new SettingException("rights: expected trackers, jobs, relays"));
        }

        @Override
        public String format(TestRight grant) {
            return grant.name().toLowerCase(Locale.ROOT);
        }
    };

    @TempDir
    private Path folder = Path.of("");

    private Path path = folder;

    @BeforeEach
    void writeOneKey() throws IOException {
        path = folder.resolve("keys");
        keyFile(path).write(List.of(KEY));
    }

    @Test
    void newFileIsPrivate() throws IOException {
        assertThat(permissions(path)).isEqualTo("rw-------");
    }

    @Test
    void keepsPermissions() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));

        keyFile(path).write(List.of());

        assertThat(permissions(path)).isEqualTo("rw-r-----");
        assertThat(keyFile(path).read().keys()).isEmpty();
        assertThat(listFiles(folder)).containsExactly(path);
    }

    @Test
    void keepsOwner() throws IOException {
        assumeTrue(Files.getOwner(path).getName().equals("root"), "only root can change the owner of a file");
        UserPrincipal nobody =
                path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(path, nobody);

        keyFile(path).write(List.of());

        assertThat(Files.getOwner(path)).isEqualTo(nobody);
        assertThat(permissions(path)).isEqualTo("rw-------");
    }

    @Test
    void keepsSymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);

        keyFile(link).write(List.of());

        assertThat(link).isSymbolicLink();
        assertThat(keyFile(path).read().keys()).isEmpty();
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
                        KEY.toLine(FORMAT)));

        KeyFile.Content<TestRight> content = keyFile(path).read();
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

        assertThat(keyFile(path).read().keys())
                .containsExactly(new ApiKey<TestRight>("portal", KEY.hash(), KEY.limit(), KEY.createdAt(), Set.of()));
    }

    @Test
    void writesOlderFormatWithoutRights() {
        ApiKey<TestRight> key = new ApiKey<TestRight>("portal", KEY.hash(), KEY.limit(), KEY.createdAt(), Set.of());

        assertThat(key.toLine(FORMAT)).isEqualTo("portal " + KEY.hash() + " 5 PT1M 2026-03-10T12:00:00Z");
        assertThat(KEY.toLine(FORMAT)).isEqualTo(key.toLine(FORMAT) + " trackers,relays");
    }

    private static KeyFile<TestRight> keyFile(Path path) {
        return new KeyFile<>(path, FORMAT);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<Path> listFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private enum TestRight {
        TRACKERS,
        JOBS,
        RELAYS
    }
}

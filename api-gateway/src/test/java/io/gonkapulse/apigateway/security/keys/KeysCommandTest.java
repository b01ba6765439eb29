package io.gonkapulse.apigateway.security.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {

    private final TestKeyFile keys;

    KeysCommandTest(@TempDir Path folder) {
        keys = new TestKeyFile(folder.resolve("keys"));
    }

    @Test
    void fileOmitsKeyItself() throws IOException {
        String key = keys.run("create", "portal");

        assertThat(Files.readString(keys.path())).doesNotContain(key).contains("portal ");
    }

    @Test
    void listShowsLimit() {
        keys.run("create", "portal");

        assertThat(keys.run("list")).startsWith("portal  3000 per 60 s  since 2026-03-10T12:00:00Z");
    }

    @Test
    void listShowsRights() {
        keys.run("create", "watcher", "--rights", "relays,trackers");

        assertThat(keys.run("list")).endsWith("since 2026-03-10T12:00:00Z  rights trackers,relays");
    }

    @Test
    void refusesUnknownAndDuplicateKeys() {
        keys.run("create", "portal");

        assertThat(keys.exitCode("create", "portal")).isNotZero();
        assertThat(keys.exitCode("create", "two words")).isNotZero();
        assertThat(keys.exitCode("revoke", "nobody")).isNotZero();
    }

    @Test
    void refusesUnsupportedLimitsAndRights() {
        assertThat(keys.exitCode("create", "fast", "--requests", "2000000000", "--per-seconds", "1"))
                .isNotZero();
        assertThat(keys.exitCode("create", "fast", "--rights", "everything")).isNotZero();

        assertThat(keys.path()).doesNotExist();
    }
}

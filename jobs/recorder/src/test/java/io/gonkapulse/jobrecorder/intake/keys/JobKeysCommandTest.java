package io.gonkapulse.jobrecorder.intake.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobKeysCommandTest {

    private final TestJobKeys keys;

    JobKeysCommandTest(@TempDir Path folder) {
        keys = new TestJobKeys(folder.resolve("keys"));
    }

    @Test
    void fileHasHashAndBots() throws IOException {
        String key = keys.run("create", "cron", "--bots", "nightly-*,backup", "--requests-per-minute", "60");

        assertThat(Files.readString(keys.path()))
                .doesNotContain(key)
                .contains(" bots if any: written by job-recorder keys")
                .contains(" 60 PT1M 2026-03-10T12:00:00Z backup,nightly-*");
    }

    @Test
    void listShowsBots() {
        keys.run("create", "cron", "--bots", "nightly-*,backup");

        assertThat(keys.run("list"))
                .isEqualTo("cron  3000 per 60 s  since 2026-03-10T12:00:00Z  bots backup,nightly-*");
    }

    @Test
    void revokesKey() {
        keys.run("create", "cron", "--bots", "*");

        keys.run("revoke", "cron");

        assertThat(keys.run("list")).isEmpty();
    }

    @Test
    void requiresValidBots() {
        assertThat(keys.fail("create", "cron")).contains("--bots");
        assertThat(keys.fail("create", "cron", "--bots", " ")).contains("--bots: expected at least one");
        assertThat(keys.fail("create", "cron", "--bots", "Nightly")).contains("bots: expected");
        assertThat(keys.fail("create", "cron", "--bots", "a,,b")).contains("bots: expected");
        assertThat(keys.fail("create", "cron", "--bots", "*", "--requests-per-minute", "0"))
                .contains("--requests-per-minute: expected 1 or more");
        assertThat(keys.path()).doesNotExist();
    }
}

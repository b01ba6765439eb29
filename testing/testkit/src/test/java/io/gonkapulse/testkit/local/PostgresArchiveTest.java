package io.gonkapulse.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresArchiveTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, postgres-linux-x86_64",
        "Linux, aarch64, postgres-linux-arm_64",
        "Mac OS X, x86_64, postgres-darwin-x86_64",
        "Mac OS X, aarch64, postgres-darwin-arm_64",
        "Windows 11, amd64, postgres-windows-x86_64"
    })
    void aPlatformHasItsArchive(String system, String machine, String archive) {
        assertThat(PostgresArchive.nameFor(system, machine)).isEqualTo(archive);
    }

    @Test
    void theBuildHasPackedTheArchiveOfItsOwnPlatform() throws Exception {
        assertThat(PostgresArchive.ofThisPlatform().fingerprint()).matches("postgres-\\w+-\\w+-[0-9a-f]{1,8}");
    }
}

package io.gonkapulse.localservers;

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
    void namesArchiveOfPlatform(String system, String machine, String archive) {
        assertThat(PostgresArchive.archiveName(system, machine)).isEqualTo(archive);
    }

    @Test
    void findsArchiveOfBuildPlatform() throws Exception {
        assertThat(PostgresArchive.forThisPlatform().fingerprint()).matches("postgres-\\w+-\\w+-[0-9a-f]{1,8}");
    }
}

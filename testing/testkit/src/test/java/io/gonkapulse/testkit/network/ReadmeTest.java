package io.gonkapulse.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.network.quirk.Quirk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void tableOfQuirksIsTheEnum() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md")).stream().filter(line -> line.matches("\\| \\d+ \\| `.*")))
                .containsExactlyElementsOf(
                        Arrays.stream(Quirk.values()).map(ReadmeTest::row).toList());
    }

    private static String row(Quirk quirk) {
        String seen = quirk.occurrence().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "| %d | `%s` | %s | %s |".formatted(quirk.number(), quirk.name(), seen, quirk.sentence());
    }
}

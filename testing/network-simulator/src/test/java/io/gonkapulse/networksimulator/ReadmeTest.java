package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void faultTableMatchesEnum() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md")).stream().filter(line -> line.matches("\\| \\d+ \\| `.*")))
                .containsExactlyElementsOf(Arrays.stream(EndpointFault.values())
                        .map(ReadmeTest::row)
                        .toList());
    }

    private static String row(EndpointFault fault) {
        String seen = fault.occurrence().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "| %d | `%s` | %s | %s |".formatted(fault.number(), fault.name(), seen, fault.description());
    }
}

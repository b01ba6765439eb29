package io.gonkapulse.networksimulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.faults.EndpointFault.FaultOccurrence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void faultTableMatchesEnum() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md")).stream()
                        .filter(line -> line.matches("\\| (always|natural|injected) \\| .*")))
                .containsExactlyElementsOf(Arrays.stream(FaultOccurrence.values())
                        .map(ReadmeTest::row)
                        .toList());
    }

    private static String row(FaultOccurrence occurrence) {
        return Arrays.stream(EndpointFault.values())
                .filter(fault -> fault.occurrence() == occurrence)
                .map(fault -> '`' + fault.name() + '`')
                .collect(Collectors.joining(", ", "| " + occurrence.name().toLowerCase(Locale.ROOT) + " | ", " |"));
    }
}

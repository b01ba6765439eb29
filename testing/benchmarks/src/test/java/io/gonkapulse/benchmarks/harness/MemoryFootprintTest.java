package io.gonkapulse.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryFootprintTest {

    @Test
    void rendersBytesAsMegabytes() {
        MemoryFootprint footprint = new MemoryFootprint("poll", 3 << 19, 90 << 20, 300L << 20, 0);

        assertThat(MemoryFootprint.render(List.of(footprint)))
                .endsWith("| poll | 1.5 | 90 | 300 | 0.0 |" + System.lineSeparator());
    }
}

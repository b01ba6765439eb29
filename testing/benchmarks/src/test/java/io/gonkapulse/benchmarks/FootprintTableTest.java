package io.gonkapulse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.benchmarks.results.MemoryFootprint;
import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintTableTest {

    @Test
    void rendersBytesAsMegabytes() {
        MemoryFootprint footprint = new MemoryFootprint("poll", 3 << 19, 90 << 20, 300L << 20, 0);

        assertThat(new FootprintTable(List.of(footprint)).render())
                .endsWith("| poll | 1.5 | 90 | 300 | 0.0 |" + System.lineSeparator());
    }
}

package io.gonkapulse.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintTableTest {

    @Test
    void bytesAreShownInMegabytes() {
        Footprint footprint = new Footprint("poll", 3 << 19, 90 << 20, 300L << 20, 0);

        assertThat(new FootprintTable(List.of(footprint)).render())
                .endsWith("| poll | 1.5 | 90 | 300 | 0.0 |" + System.lineSeparator());
    }
}

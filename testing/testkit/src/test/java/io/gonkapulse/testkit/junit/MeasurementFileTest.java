package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementFileTest {

    @Test
    void keepsLinesOfLastRun() {
        MeasurementFile.of(MeasurementFileTest.class).add("of an earlier run");
        MeasurementFile file = MeasurementFile.of(MeasurementFileTest.class);
        file.add("%.1f ms", 1.25);
        file.add("two");

        assertThat(file.path()).hasFileName("MeasurementFileTest.txt").hasContent("1.3 ms\ntwo");
    }
}

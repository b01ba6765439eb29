package io.gonkapulse.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    @Test
    void aPortBesideAnotherIsNeverThatOneAndLeavesItFree() {
        int spokenFor = LoopbackPort.free();
        for (int i = 0; i < 2_000; i++) {
            assertThat(LoopbackPort.freeBeside(spokenFor)).isNotEqualTo(spokenFor);
        }
        LoopbackPort.requireFree("the test", spokenFor);
    }
}

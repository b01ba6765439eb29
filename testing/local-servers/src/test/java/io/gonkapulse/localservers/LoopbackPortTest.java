package io.gonkapulse.localservers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    @Test
    void neverReturnsReservedPort() {
        int reserved = LoopbackPort.findFree();
        for (int i = 0; i < 2_000; i++) {
            assertThat(LoopbackPort.findFreeExcept(reserved)).isNotEqualTo(reserved);
        }
        LoopbackPort.requireFree("the test", reserved);
    }
}

package io.gonkapulse.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    @Test
    void neverReturnsReservedPort() {
        int reserved = LoopbackPort.findFree();
        for (int i = 0; i < 500; i++) {
            assertThat(LoopbackPort.findFreeExcept(reserved)).isNotEqualTo(reserved);
        }
        LoopbackPort.requireFree("the test", reserved);
    }

    @Test
    void blockOfPortsIsLocked() {
        int port = LoopbackPort.findFree();

        int block = (port - 20_000) / 100;
        assertThatThrownBy(() -> LoopbackPort.requireFree("another process", 20_000 + 100 * block))
                .isInstanceOf(PortInUseException.class);
    }
}

package io.gonkapulse.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class ContainerSupportTest {

    @Test
    void failsWithoutDocker() {
        assertThatThrownBy(() -> ContainerSupport.requireDocker(false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-Dtestkit.containers=true requires Docker, and Docker is not available");
    }

    @Test
    void usesImagesOfBuild() {
        Properties images = ContainerSupport.images();

        assertThat(images.getProperty("kafka")).matches("apache/kafka:4\\.\\d+\\.\\d+");
        assertThat(images.getProperty("postgres")).matches("postgres:18\\.\\d+");
    }
}

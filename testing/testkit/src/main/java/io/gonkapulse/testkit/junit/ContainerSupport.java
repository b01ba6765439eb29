package io.gonkapulse.testkit.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Properties;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** Whether tests run on containers, and on which images. */
final class ContainerSupport {

    private static final String PROPERTY = "testkit.containers";

    private static final int STOP_TIMEOUT_SECONDS = 5;

    private ContainerSupport() {}

    static boolean areRequested() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** Never falls back: who asks for containers wants to know about containers. */
    static DockerImageName image(String name) {
        requireDocker(DockerClientFactory.instance().isDockerAvailable());
        return DockerImageName.parse(images().getProperty(name));
    }

    static void requireDocker(boolean responses) {
        if (!responses) {
            throw new IllegalStateException("-D" + PROPERTY + "=true asks for containers, and Docker does not answer: "
                    + "start it, or leave the property out to test on the broker and database that the build brings");
        }
    }

    /** Docker gives a container another port at each start; what comes back must be found where it was. */
    static void bindFixedPort(GenericContainer<?> container, int port) {
        try (ServerSocket free = new ServerSocket(0)) {
            container.setPortBindings(List.of(free.getLocalPort() + ":" + port));
        } catch (IOException e) {
            throw new UncheckedIOException("Found no free port", e);
        }
    }

    static void start(GenericContainer<?> container) {
        // Testcontainers starts a container once; one that was stopped is started again by Docker.
        if (container.getContainerId() == null) {
            container.start();
        } else if (!container.isRunning()) {
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
        }
    }

    /** Leaves the container there, with its data. */
    static void stop(GenericContainer<?> container) {
        if (container.isRunning()) {
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(STOP_TIMEOUT_SECONDS)
                    .exec();
        }
    }

    static Properties images() {
        try (InputStream file = ContainerSupport.class.getResourceAsStream("images.properties")) {
            Properties images = new Properties();
            images.load(file);
            return images;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read images.properties", e);
        }
    }
}

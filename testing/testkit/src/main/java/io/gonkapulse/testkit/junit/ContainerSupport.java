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

/** Decides whether tests run on containers, and starts and stops these. */
final class ContainerSupport {

    private static final String PROPERTY = "testkit.containers";

    private static final int STOP_TIMEOUT_SECONDS = 5;

    private ContainerSupport() {}

    static boolean areRequested() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** Fails without Docker instead of falling back: a run that requests containers must test containers. */
    static DockerImageName image(String name) {
        requireDocker(DockerClientFactory.instance().isDockerAvailable());
        return DockerImageName.parse(images().getProperty(name));
    }

    static void requireDocker(boolean available) {
        if (!available) {
            throw new IllegalStateException("-D" + PROPERTY + "=true requires Docker, and Docker is not available: "
                    + "start it, or omit the property to test on the embedded broker and database");
        }
    }

    /** Docker assigns a new host port at each start. A restarted server must keep its port. */
    static void bindFixedPort(GenericContainer<?> container, int port) {
        try (ServerSocket free = new ServerSocket(0)) {
            container.setPortBindings(List.of(free.getLocalPort() + ":" + port));
        } catch (IOException e) {
            throw new UncheckedIOException("Found no free port", e);
        }
    }

    static void start(GenericContainer<?> container) {
        // Testcontainers starts a container only once. Docker's own client restarts a stopped one.
        if (container.getContainerId() == null) {
            container.start();
        } else if (!container.isRunning()) {
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
        }
    }

    /** Keeps the container and its data, so that {@link #start} can restart it. */
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

package io.gonkapulse.testkit.junit;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.localservers.LocalBroker;
import io.gonkapulse.testkit.junit.DatabaseServer.EmbeddedDatabase;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A broker for tests, in this JVM or in a container. The tests are the same: an embedded broker starts faster,
 * and a container shows that nothing depends on the embedding.
 */
interface BrokerServer extends RestartableServer {

    String bootstrapServers();

    static BrokerServer createStarted() {
        BrokerServer server = ContainerSupport.areRequested() ? ContainerBroker.create() : EmbeddedBroker.create();
        server.start();
        return server;
    }

    /** A broker inside this JVM. */
    record EmbeddedBroker(DisposableDirectory directory, LocalBroker broker) implements BrokerServer {

        /** Creates a broker with disposable data in the tested module's {@code target}. */
        static EmbeddedBroker create() {
            DisposableDirectory home = DisposableDirectory.createIn(EmbeddedDatabase.PARENT_DIRECTORY, "broker");
            return new EmbeddedBroker(home, new LocalBroker(home.path(), 0));
        }

        @Override
        public String bootstrapServers() {
            return broker.bootstrapServers();
        }

        @Override
        public void start() {
            broker.start();
        }

        @Override
        public void stop() {
            broker.stop();
        }

        @Override
        public void close() {
            broker.close();
            directory.close();
        }
    }

    /** A broker in a Docker container. */
    record ContainerBroker(KafkaContainer container) implements BrokerServer {

        /** Inside the container. */
        private static final int PORT = 9092;

        private static final int STARTUP_TIMEOUT_SECONDS = 60;

        static ContainerBroker create() {
            KafkaContainer container = new KafkaContainer(ContainerSupport.image("kafka"))
                    // The same settings as those of the embedded broker.
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_BROKER_SESSION_TIMEOUT_MS", "2000")
                    .withEnv("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "500");
            ContainerSupport.bindFixedPort(container, PORT);
            return new ContainerBroker(container);
        }

        @Override
        public String bootstrapServers() {
            return container.getBootstrapServers();
        }

        @Override
        public void start() {
            ContainerSupport.start(container);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
                admin.listTopics().names().get(STARTUP_TIMEOUT_SECONDS, SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException(
                        "The broker in the container does not respond. Its log:\n" + container.getLogs(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for the broker in the container", e);
            }
        }

        @Override
        public void stop() {
            ContainerSupport.stop(container);
        }

        @Override
        public void close() {
            container.close();
        }
    }
}

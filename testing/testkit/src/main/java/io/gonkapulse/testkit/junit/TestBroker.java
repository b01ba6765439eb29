package io.gonkapulse.testkit.junit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.testkit.junit.TestTopicReader.TestTopicRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A real broker that holds only the topics, records and groups of the current test class. Each call opens a client of
 * its own, so that calls from several threads are safe.
 */
public sealed class TestBroker permits DedicatedBroker {

    /** The shared broker is a cluster of one. */
    private static final short SINGLE_REPLICA = 1;

    private final String bootstrapServers;

    TestBroker(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** The address for Kafka clients. */
    public final String bootstrapServers() {
        return bootstrapServers;
    }

    /** The broker does not create topics automatically, as in production. */
    public final void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /** Creates a topic with configuration entries. */
    public final void createTopic(String name, int partitions, Map<String, String> entries) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(Set.of(new NewTopic(name, partitions, SINGLE_REPLICA).configs(entries)))
                    .all()
                    .get();
            awaitTopic(admin, name);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not create topic " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topic " + name, e);
        }
    }

    /**
     * Increases a topic's partition count.
     *
     * @param total the new number of partitions, not the number to add
     */
    public final void addPartitions(String name, int total) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(total)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not add partitions to topic " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while adding partitions to topic " + name, e);
        }
    }

    /** Sets configuration entries of a topic. The broker applies them shortly afterwards. */
    public final void configureTopic(String name, Map<String, String> entries) {
        List<AlterConfigOp> changes = entries.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, name), changes))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not configure topic " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while configuring topic " + name, e);
        }
    }

    /** The controller confirms a topic before the broker's metadata contains it. */
    private static void awaitTopic(Admin admin, String name) throws ExecutionException, InterruptedException {
        boolean known = false;
        while (!known) {
            known = admin.listTopics().names().get().contains(name);
        }
    }

    /** Opens a reader of an existing topic. The caller closes it. */
    public final TestTopicReader reader(String topic) {
        return new TestTopicReader(bootstrapServers, topic);
    }

    /** Reads all current records of a topic. */
    public final List<TestTopicRecord> records(String topic) {
        try (TestTopicReader reader = reader(topic)) {
            return reader.read();
        }
    }

    /** Publishes one record and waits for the broker's acknowledgement. */
    public final void publish(String topic, String key, byte @Nullable [] value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not write to topic " + topic, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while writing to topic " + topic, e);
        }
    }
}

package io.gonkapulse.testkit.junit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A real broker with no topics, no records and no groups but those of this test class. */
public sealed class TestBroker permits DedicatedBroker {

    private static final short SINGLE_REPLICA = 1;

    private final String bootstrapServers;

    TestBroker(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    public final String bootstrapServers() {
        return bootstrapServers;
    }

    /** Topics are never made by using them. */
    public final void createTopic(String name, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(Set.of(new NewTopic(name, partitions, SINGLE_REPLICA)))
                    .all()
                    .get();
            awaitTopic(admin, name);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not create topic " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while topic " + name + " was made", e);
        }
    }

    /** Gives a topic more partitions, so many in all. */
    public final void addPartitions(String name, int total) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(total)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not add partitions to topic " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while partitions were added to topic " + name, e);
        }
    }

    /** The controller answers when it has made the topic; the broker hears of it a moment later. */
    private static void awaitTopic(Admin admin, String name) throws ExecutionException, InterruptedException {
        boolean known = false;
        while (!known) {
            known = admin.listTopics().names().get().contains(name);
        }
    }

    /** For a topic that is there. */
    public final TestTopicReader reader(String topic) {
        return new TestTopicReader(bootstrapServers, topic);
    }

    /** All that stands in a topic. */
    public final List<TestTopicRecord> records(String topic) {
        try (TestTopicReader reader = reader(topic)) {
            return reader.read();
        }
    }

    /** Writes one record, and returns when it is safe. */
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

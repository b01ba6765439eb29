package io.gonkapulse.benchmarks.consumers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.messages.TestMessages;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes polls of all nodes, one a minute.
 *
 * @param nodes nodes of the network
 * @param records records in all partitions together, in whole polls
 */
record SnapshotBacklog(String bootstrapServers, int nodes, int records) {

    static final int NODES = 10_000;

    private static final String[] MODELS = {
        "Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "Qwen/Qwen3-32B-FP8", "Qwen/Qwen2.5-7B-Instruct"
    };

    /** Publishes to the snapshot topic, as the poller does. */
    void publish(InstantSource clock) {
        publish(clock, KafkaTopic.SNAPSHOTS.name(), UnaryOperator.identity());
    }

    /** Publishes transformed records to any topic. */
    void publish(InstantSource clock, String topic, UnaryOperator<byte[]> transform) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, KafkaTopic.SNAPSHOTS.partitions(), (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Could not create the topic", e);
        }
        send(clock.instant().truncatedTo(ChronoUnit.MINUTES), topic, transform);
    }

    private void send(Instant last, String topic, UnaryOperator<byte[]> transform) {
        SnapshotCodec codec = new SnapshotCodec();
        List<NodeIdentifier> identifiers =
                IntStream.range(0, nodes).mapToObj(TestMessages::node).toList();
        int polls = records / nodes;
        try (BacklogProducer producer = new BacklogProducer(bootstrapServers, BacklogProducer.SMALL_BATCH)) {
            for (int poll = 0; poll < polls; poll++) {
                Instant at = last.minus(polls - poll, ChronoUnit.MINUTES);
                for (int i = 0; i < nodes; i++) {
                    NodeIdentifier node = identifiers.get(i);
                    byte[] snapshot = codec.encode(snapshot(node, i, poll, at));
                    producer.send(
                            new ProducerRecord<>(topic, node.value().getBytes(US_ASCII), transform.apply(snapshot)));
                }
            }
        }
    }

    /** Inferences equal the number of the poll, which shows a reader's progress. */
    private static LiveSnapshot snapshot(NodeIdentifier node, int number, int poll, Instant at) {
        return TestMessages.live()
                .node(node)
                .tracker("hyperfusion")
                .poll("hyperfusion-" + at.getEpochSecond())
                .fetchedAt(at.plusMillis(750))
                .observedAt(at.minusSeconds(7))
                .earned(number * 3_805L + poll)
                .inferences(poll)
                .weight(number * 31L % 10_000)
                .model(MODELS[number % MODELS.length])
                .build();
    }
}

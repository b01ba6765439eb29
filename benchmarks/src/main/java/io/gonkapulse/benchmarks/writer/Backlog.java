package io.gonkapulse.benchmarks.writer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.messages.Messages;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Polls of 10,000 nodes, one a minute, in the topic of snapshots.
 *
 * @param records in all partitions together
 */
record Backlog(String bootstrapServers, int records) {

    static final int NODES = 10_000;

    private static final String[] MODELS = {
        "Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "Qwen/Qwen3-32B-FP8", "Qwen/Qwen2.5-7B-Instruct"
    };

    void make(InstantSource clock) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(Topic.SNAPSHOTS.name(), Topic.SNAPSHOTS.partitions(), (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("The topic could not be made", e);
        }
        send(clock.instant().truncatedTo(ChronoUnit.MINUTES));
    }

    private void send(Instant last) {
        SnapshotCodec codec = new SnapshotCodec();
        var nodes = IntStream.range(0, NODES).mapToObj(Messages::node).toList();
        int polls = records / NODES;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "compression.type", "lz4", "linger.ms", 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int poll = 0; poll < polls; poll++) {
                Instant at = last.minus(polls - poll, ChronoUnit.MINUTES);
                for (int i = 0; i < NODES; i++) {
                    var snapshot = Messages.live()
                            .node(nodes.get(i))
                            .tracker("hyperfusion")
                            .poll("hyperfusion-" + at.getEpochSecond())
                            .fetchedAt(at.plusMillis(750))
                            .observedAt(at.minusSeconds(7))
                            .earned(i * 3_805L + poll)
                            .inferences(poll)
                            .weight(i * 31L % 10_000)
                            .model(MODELS[i % MODELS.length])
                            .build();
                    producer.send(new ProducerRecord<>(
                                    Topic.SNAPSHOTS.name(),
                                    nodes.get(i).value().getBytes(US_ASCII),
                                    codec.encode(snapshot)))
                            .isDone();
                }
            }
        }
    }
}

package io.gonkapulse.quickstart;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.networksimulator.ObservationLog;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the pollers published: all records of the topic, nothing derived. */
record PublishedSnapshots(List<Snapshot> snapshots) {

    static PublishedSnapshots read(String bootstrapServers) {
        SnapshotCodec codec = new SnapshotCodec();
        List<Snapshot> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(KafkaTopic.SNAPSHOTS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> all.add(codec.decode(record.value())));
            }
        }
        return new PublishedSnapshots(all);
    }

    /** Returns what was observed; the rest cannot be counted. */
    ObservationLog observations(SimulatedNetwork network) {
        ObservationLog observations = new ObservationLog();
        for (Snapshot snapshot : snapshots) {
            long height = height(snapshot, network);
            if (snapshot instanceof LiveSnapshot) {
                observations.recordLive(snapshot.node(), snapshot.epoch(), height);
            } else {
                observations.recordSettlement(snapshot.node(), snapshot.epoch(), height);
            }
        }
        return observations;
    }

    private static long height(Snapshot snapshot, SimulatedNetwork network) {
        Long reported = snapshot.origin().height();
        return reported == null ? network.calendar().heightAt(snapshot.origin().observedAt()) : reported;
    }

    Set<NodeIdentifier> nodes() {
        return snapshots.stream().map(Snapshot::node).collect(Collectors.toSet());
    }

    /** Last observation of each node. */
    Map<NodeIdentifier, Instant> lastObservations() {
        Map<NodeIdentifier, Instant> newest = new HashMap<>();
        live().forEach(snapshot -> newest.merge(
                snapshot.node(), snapshot.origin().observedAt(), (left, right) -> left.isAfter(right) ? left : right));
        return newest;
    }

    /** Minutes in which a node was observed. */
    Set<Instant> observedMinutes(NodeIdentifier node) {
        return live().stream()
                .filter(snapshot -> snapshot.node().equals(node))
                .map(snapshot -> snapshot.origin().observedAt().truncatedTo(ChronoUnit.MINUTES))
                .collect(Collectors.toSet());
    }

    /** The settlement that counts, by node and epoch: an exact one before an approximate one, then the newest. */
    Map<NodeIdentifier, Map<Long, SettledSnapshot>> newestSettlements() {
        Comparator<SettledSnapshot> order = Comparator.comparing(
                        (SettledSnapshot snapshot) -> !snapshot.settlement().approximate())
                .thenComparing(snapshot -> snapshot.origin().observedAt());
        return snapshots.stream()
                .filter(SettledSnapshot.class::isInstance)
                .map(SettledSnapshot.class::cast)
                .collect(Collectors.groupingBy(
                        Snapshot::node,
                        Collectors.toMap(Snapshot::epoch, snapshot -> snapshot, BinaryOperator.maxBy(order))));
    }

    private Collection<LiveSnapshot> live() {
        return snapshots.stream()
                .filter(LiveSnapshot.class::isInstance)
                .map(LiveSnapshot.class::cast)
                .toList();
    }
}

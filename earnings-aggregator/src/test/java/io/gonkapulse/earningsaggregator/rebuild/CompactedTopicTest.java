package io.gonkapulse.earningsaggregator.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.TestSnapshotPublisher;
import io.gonkapulse.earningsaggregator.history.EarningsWriter;
import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.ledger.LedgerBatch;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRefusedException;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRequest;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.workercore.replay.TopicReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A compacted topic keeps only the newest record of a node and cannot provide the history. */
@RealInfrastructure
class CompactedTopicTest {

    private static final String GROUP = "earnings-aggregator";
    private static final Duration COMPACTION_TIMEOUT = Duration.ofMinutes(3);

    private final EarningsScenario scenario = EarningsScenario.of(3, 6, 8);
    private final InstantSource clock = InstantSource.fixed(scenario.end());
    private final TestBroker broker;
    private final EarningsDatabase database;
    private final SnapshotTopicReader topic;
    private final RebuildRunner rebuilds;

    CompactedTopicTest(TestBroker broker, TestDatabase server) {
        this.broker = broker;
        this.database = EarningsDatabase.migrated(server);
        this.topic = new SnapshotTopicReader(
                Map.of("bootstrap.servers", broker.bootstrapServers()), KafkaTopic.SNAPSHOTS.name(), 2, 32 << 20);
        this.rebuilds = new RebuildRunner(database.source(), topic, GROUP, KafkaTopic.SNAPSHOTS.name(), clock, 1_000);
    }

    @BeforeEach
    void apply() {
        database.clear();
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 2);
        try (TestSnapshotPublisher topics = new TestSnapshotPublisher(broker.bootstrapServers())) {
            topics.publish(scenario.snapshots());
        }
        LedgerBatch batch = new LedgerBatch();
        SnapshotCodec codec = new SnapshotCodec();
        FactReader reader = new FactReader();
        scenario.snapshots().forEach(snapshot -> batch.add(reader.read(codec.encode(snapshot), Long.MAX_VALUE)));
        EarningsWriter writer = new EarningsWriter(database.jdbc(), clock);
        EarningsDatabase.transactions(database.source()).executeWithoutResult(status -> writer.write(batch));
        writeOffsets();
    }

    private void writeOffsets() {
        topic.endOffsets()
                .forEach((partition, end) -> database.jdbc()
                        .update(
                                "insert into consumer_offsets (consumer_group, topic, partition, next_offset)"
                                        + " values (?, ?, ?, ?) on conflict (consumer_group, topic, partition)"
                                        + " do update set next_offset = excluded.next_offset",
                                GROUP,
                                KafkaTopic.SNAPSHOTS.name(),
                                partition,
                                end));
    }

    @AfterEach
    void delete() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(KafkaTopic.SNAPSHOTS.name())).all().get();
        }
    }

    @Test
    void refusesCompactedPolicyWithoutForce() throws Exception {
        List<String> before = database.historyRows();
        configure(Map.of("cleanup.policy", "compact"));

        assertThatThrownBy(() -> rebuild(null, false))
                .isInstanceOf(RebuildRefusedException.class)
                .hasMessageContaining("tracker.snapshots has cleanup.policy=compact")
                .hasMessageContaining("--from DATE --force");
        assertThat(database.historyRows()).isEqualTo(before);

        LocalDate lastDay = LocalDate.ofInstant(scenario.end(), ZoneOffset.UTC);
        assertThat(rebuild(lastDay, true).swapped()).isTrue();
    }

    /** The policy was corrected afterwards, which restores no records. */
    @Test
    void refusesTopicWithMissingRecords() throws Exception {
        List<String> before = database.historyRows();
        long offsets = scenario.snapshots().size();
        configure(Map.of(
                "cleanup.policy",
                "compact",
                "segment.ms",
                "100",
                "min.cleanable.dirty.ratio",
                "0.001",
                "max.compaction.lag.ms",
                "100"));
        try (TestSnapshotPublisher topics = new TestSnapshotPublisher(broker.bootstrapServers())) {
            List<Snapshot> last = scenario.snapshots();
            await().atMost(COMPACTION_TIMEOUT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        // Only closed segments are compacted, and the next record closes a segment.
                        topics.publish(last.subList(last.size() - 20, last.size()));
                        return countRecords() < offsets / 2;
                    });
        }
        configure(Map.of("cleanup.policy", "delete"));
        writeOffsets();

        assertThatThrownBy(() -> rebuild(null, false))
                .isInstanceOf(RebuildRefusedException.class)
                .hasMessageMatching("The topic tracker.snapshots has \\d+ records, but its offsets say \\d+: .*");
        assertThat(database.historyRows()).isEqualTo(before);
    }

    @Test
    void ignoresTransactionMarkers() throws Exception {
        List<String> before = database.historyRows();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "mirror");
        SnapshotCodec codec = new SnapshotCodec();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (int i = 0; i < 6; i++) {
                producer.beginTransaction();
                Snapshot snapshot = scenario.snapshots().get(i);
                producer.send(new ProducerRecord<>(
                                KafkaTopic.SNAPSHOTS.name(),
                                i % 2,
                                snapshot.node().value(),
                                codec.encode(snapshot)))
                        .get();
                if (i < 4) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        writeOffsets();

        RebuildReport report = rebuild(null, false);

        assertThat(report.swapped()).isTrue();
        assertThat(report.records().read()).isEqualTo(scenario.snapshots().size() + 6);
        assertThat(database.historyRows()).isEqualTo(before);
    }

    /** The live consumer dead-letters such a batch although it could decode it. */
    @Test
    void skipsOversizedBatch() throws Exception {
        List<String> before = database.historyRows();
        byte[] tooLarge = Arrays.copyOf(unappliedSnapshot(), 33 << 20);
        Arrays.fill(tooLarge, unappliedSnapshot().length, tooLarge.length, (byte) ' ');
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "compression.type",
                "zstd",
                "max.request.size",
                40 << 20,
                "buffer.memory",
                64L << 20);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(KafkaTopic.SNAPSHOTS.name(), 0, "", tooLarge))
                    .get();
        }
        writeOffsets();

        RebuildReport report = rebuild(null, false);

        assertThat(report.swapped()).isTrue();
        assertThat(report.records().read()).isEqualTo(scenario.snapshots().size() + 1);
        assertThat(report.records().refused()).isEqualTo(1);
        assertThat(database.historyRows()).isEqualTo(before);
    }

    /** A snapshot of an epoch that the scenario does not contain. */
    private byte[] unappliedSnapshot() {
        return new SnapshotCodec()
                .encode(TestMessages.live()
                        .node(scenario.snapshots().get(0).node())
                        .epoch(MessageLimits.MAX_EPOCH)
                        .at(scenario.end())
                        .earned(1_000_000_000)
                        .build());
    }

    private RebuildReport rebuild(@Nullable LocalDate from, boolean force) throws SQLException {
        return rebuilds.run(new RebuildRequest(from, false, force), line -> {}, difference -> {});
    }

    private long countRecords() {
        return topic.read(topic.beginningOffsets(), topic.endOffsets(), CompactedTopicTest::readAll)
                .read();
    }

    private static void readAll(TopicReader records) {
        while (records.next()) {
            assertThat(records.skippedRecords()).as("oversized batches").isZero();
        }
    }

    private void configure(Map<String, String> wanted) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, KafkaTopic.SNAPSHOTS.name()),
                            wanted.entrySet().stream()
                                    .map(one -> new AlterConfigOp(
                                            new ConfigEntry(one.getKey(), one.getValue()), AlterConfigOp.OpType.SET))
                                    .toList()))
                    .all()
                    .get();
        }
    }
}

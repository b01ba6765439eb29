package io.gonkapulse.earningsaggregator.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.TestSnapshotPublisher;
import io.gonkapulse.earningsaggregator.history.TestEarningsWriter;
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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A compacted topic keeps only the newest record of a node and cannot provide the history. */
@RealInfrastructure
class CompactedTopicTest {

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
        this.topic = RebuildFixture.topicReader(broker);
        this.rebuilds = RebuildFixture.runner(database, topic, clock);
    }

    @BeforeEach
    void apply() {
        database.clear();
        broker.createTopic(RebuildFixture.TOPIC, 2);
        try (TestSnapshotPublisher topics = new TestSnapshotPublisher(broker.bootstrapServers())) {
            topics.publish(scenario.snapshots());
        }
        new TestEarningsWriter(database, clock).write(scenario.snapshots());
        storeOffsets();
    }

    private void storeOffsets() {
        database.storeOffsets(topic.endOffsets());
    }

    @AfterEach
    void delete() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(RebuildFixture.TOPIC)).all().get();
        }
    }

    @Test
    void refusesCompactedPolicyWithoutForce() throws Exception {
        List<String> before = database.historyRows();
        broker.configureTopic(RebuildFixture.TOPIC, Map.of("cleanup.policy", "compact"));

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
        broker.configureTopic(
                RebuildFixture.TOPIC,
                Map.of(
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
        broker.configureTopic(RebuildFixture.TOPIC, Map.of("cleanup.policy", "delete"));
        storeOffsets();

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
                                RebuildFixture.TOPIC, i % 2, snapshot.node().value(), codec.encode(snapshot)))
                        .get();
                if (i < 4) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        storeOffsets();

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
            producer.send(new ProducerRecord<>(RebuildFixture.TOPIC, 0, "", tooLarge))
                    .get();
        }
        storeOffsets();

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
}

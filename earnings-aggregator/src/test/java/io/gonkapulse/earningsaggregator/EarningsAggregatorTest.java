package io.gonkapulse.earningsaggregator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.earningsaggregator.fixtures.EarningsDatabase;
import io.gonkapulse.earningsaggregator.fixtures.EarningsScenario;
import io.gonkapulse.earningsaggregator.fixtures.TestSnapshotPublisher;
import io.gonkapulse.earningsaggregator.rebuild.RebuildReport;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner;
import io.gonkapulse.earningsaggregator.rebuild.RebuildRunner.RebuildRequest;
import io.gonkapulse.earningsaggregator.verify.HistoryMonitor;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.DedicatedDatabase;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class EarningsAggregatorTest {

    /** The common pool has one thread on a machine with two cores, but each task here needs its own. */
    private static final Executor THREAD_PER_TASK = work -> new Thread(work, "service-test").start();

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String TOTAL_OF_NODES = """
            select coalesce(sum(history.earnings_ngonka), 0)::text
              from earnings_history history
              join nodes node on node.id = history.node_id
             where node.identifier = any (?)
            """;

    private static List<Snapshot> shuffled(EarningsScenario scenario) {
        List<Snapshot> snapshots = new ArrayList<>(scenario.snapshots());
        Collections.shuffle(snapshots, new Random(1));
        return snapshots;
    }

    @Nested
    @RealInfrastructure
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class WithHealthyServers {

        private final EarningsScenario scenario = EarningsScenario.of(8, 10, 12);
        private final EarningsDatabase database;
        private final TestSnapshotPublisher topics;
        private final RunningEarningsService service;

        WithHealthyServers(TestBroker broker, TestDatabase server) {
            database = EarningsDatabase.migrated(server);
            broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 4);
            topics = new TestSnapshotPublisher(broker.bootstrapServers());
            service = RunningEarningsService.start(broker, server);
        }

        @BeforeAll
        void publish() {
            topics.publish(shuffled(scenario));
            publishInvalidRecords();
            await().atMost(TIMEOUT)
                    .until(() -> received() == scenario.snapshots().size() + 4L);
        }

        @AfterAll
        void close() {
            service.close();
            topics.close();
        }

        @Test
        void countsEveryRecordOnce() {
            assertThat(database.days()).isEqualTo(EarningsDatabase.days(scenario.truth()));
            assertThat(service.recordCount("dead.lettered")).isEqualTo(4);
            assertThat(service.recordCount("stored")).isPositive();
            assertThat(service.recordCount("stored") + service.recordCount("superseded"))
                    .isEqualTo(scenario.snapshots().size());
        }

        @Test
        void reportsNoDifferences() {
            service.bean(HistoryMonitor.class).verify();

            assertThat(service.bean(MeterRegistry.class)
                            .get("gonkapulse.earnings.differences")
                            .gauge()
                            .value())
                    .isZero();
        }

        @Test
        void ranksEverySettlement() {
            await().atMost(TIMEOUT).until(() -> count("unranked_epochs") == 0);

            assertThat(count("settlement_ranks")).isPositive().isEqualTo(count("epoch_settlements"));
        }

        private long count(String table) {
            Long count = database.jdbc().queryForObject("select count(*) from " + table, Long.class);
            return count == null ? 0 : count;
        }

        private long received() {
            return service.recordCount("stored")
                    + service.recordCount("superseded")
                    + service.recordCount("dead.lettered");
        }

        private void publishInvalidRecords() {
            String good = new String(
                    new SnapshotCodec()
                            .encode(TestMessages.live()
                                    .at(Instant.parse("2026-03-01T12:00:00Z"))
                                    .inferences(77_777)
                                    .build()),
                    UTF_8);
            topics.publish("a", new byte[] {'{'});
            topics.publish("b", new byte[0]);
            topics.publish("c", good.replace("77777", "100000000001").getBytes(UTF_8));
            topics.publish(
                    "d",
                    good.replace("\"observedAt\":\"2026", "\"observedAt\":\"1960")
                            .getBytes(UTF_8));
        }

        /**
         * Runs last: it publishes more. Readers of unchanged nodes always read the same total; for other nodes the
         * rebuild may be ahead.
         */
        @Test
        @Order(Integer.MAX_VALUE)
        void rebuildsUnderLoad() throws Exception {
            EarningsScenario load = EarningsScenario.of(11, 30, 12);
            AtomicBoolean stopped = new AtomicBoolean();
            CompletableFuture<Integer> reader =
                    CompletableFuture.supplyAsync(() -> readTotalUntil(stopped), THREAD_PER_TASK);
            CompletableFuture<Void> loading =
                    CompletableFuture.runAsync(() -> topics.publish(shuffled(load)), THREAD_PER_TASK);
            for (int i = 0; i < 3; i++) {
                List<String> changed = new ArrayList<>();
                RebuildReport report = service.bean(RebuildRunner.class)
                        .run(new RebuildRequest(null, false), line -> {}, difference -> changed.add(difference.node()));
                assertThat(changed).doesNotContain(nodes());
                assertThat(report.counts().equal())
                        .isGreaterThanOrEqualTo(
                                EarningsDatabase.days(scenario.truth()).size());
                assertThat(report.records().refused()).isEqualTo(4);
                assertThat(report.records().outOfBounds()).isEqualTo(2);
            }
            loading.get();
            await().atMost(TIMEOUT)
                    .until(() -> received()
                            == scenario.snapshots().size() + load.snapshots().size() + 4L);
            stopped.set(true);
            assertThat(reader.get()).isGreaterThan(10);
            List<String> both = new ArrayList<>(EarningsDatabase.days(scenario.truth()));
            both.addAll(EarningsDatabase.days(load.truth()));
            assertThat(database.days()).containsExactlyInAnyOrderElementsOf(both);
        }

        /** Returns the number of reads. */
        private int readTotalUntil(AtomicBoolean stopped) {
            String total = total();
            int reads = 0;
            while (!stopped.get()) {
                assertThat(total()).isEqualTo(total);
                reads++;
            }
            return reads;
        }

        private String total() {
            return String.valueOf(database.jdbc().queryForObject(TOTAL_OF_NODES, String.class, (Object) nodes()));
        }

        private String[] nodes() {
            return scenario.snapshots().stream()
                    .map(snapshot -> snapshot.node().value())
                    .distinct()
                    .toArray(String[]::new);
        }
    }

    @Nested
    @RealInfrastructure
    class WithRestartingServers {

        @Test
        void countsEveryRecordOnce(DedicatedBroker broker, DedicatedDatabase server) {
            EarningsScenario scenario = EarningsScenario.of(9, 20, 14);
            EarningsDatabase database = EarningsDatabase.migrated(server);
            broker.createTopic(KafkaTopic.SNAPSHOTS.name(), 4);
            List<Snapshot> snapshots = shuffled(scenario);
            int third = snapshots.size() / 3;
            try (RunningEarningsService service = RunningEarningsService.start(broker, server)) {
                publish(broker, snapshots.subList(0, third));
                await().atMost(TIMEOUT).until(() -> !database.days().isEmpty());
                server.stop();
                publish(broker, snapshots.subList(third, 2 * third));
                server.start();
                await().atMost(TIMEOUT).until(() -> database.appliedRecords() > third);
                broker.stop();
                broker.start();
                publish(broker, snapshots.subList(2 * third, snapshots.size()));

                await().atMost(TIMEOUT).until(() -> database.appliedRecords() == snapshots.size());
                assertThat(database.days()).isEqualTo(EarningsDatabase.days(scenario.truth()));
                assertThat(database.nodesWithWrongTotals()).isEmpty();
                assertThat(service.recordCount("dead.lettered")).isZero();
            }
        }

        private void publish(TestBroker broker, List<Snapshot> snapshots) {
            try (TestSnapshotPublisher topics = new TestSnapshotPublisher(broker.bootstrapServers())) {
                topics.publish(snapshots);
            }
        }
    }
}

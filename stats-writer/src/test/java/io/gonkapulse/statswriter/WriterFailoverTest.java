package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Rolling replacement and killed writers. {@code -Dstatswriter.kills=50} runs longer. A killed member stays in its group
 * for a while, so the broker is not shared.
 */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WriterFailoverTest {

    /** The common pool has a single thread on two cores, but each of these tasks blocks one. */
    private static final Executor THREAD_PER_TASK = work -> new Thread(work, "failover-test").start();

    private static final int KILLS = Integer.getInteger("statswriter.kills", 3);
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final int NODES = 200;

    /** The load sends no more while this many records are not applied. */
    private static final long BACKLOG = 4_000;

    private final DedicatedBroker broker;
    private final TestDatabase database;
    private final Instant start = InstantSource.system().instant();
    private final AtomicLong sent = new AtomicLong();

    WriterFailoverTest(DedicatedBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
        StatsWriterFixture.createSchema(database);
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), KafkaTopic.SNAPSHOTS.partitions());
    }

    /** Sends numbered records; the last one of each node must remain. */
    private void send(WriterClient through, int records) {
        for (int i = 0; i < records; i++) {
            long number = sent.getAndIncrement();
            byte[] garbage = {'{'};
            if (number % 1_000 == 999) {
                through.send(KafkaTopic.SNAPSHOTS, TestMessages.node(0).value(), garbage);
            } else {
                through.send(TestMessages.live()
                        .node(TestMessages.node((int) (number % NODES)))
                        .at(start.plusMillis(number))
                        .weight(number)
                        .build());
            }
        }
        through.flush();
    }

    private CompletableFuture<Void> load(WriterClient through, AtomicBoolean on) {
        return CompletableFuture.runAsync(
                () -> {
                    while (on.get()) {
                        send(through, 500);
                        await().atMost(TIMEOUT)
                                .until(() -> !on.get() || sent.get() - through.applied(KafkaTopic.SNAPSHOTS) < BACKLOG);
                    }
                },
                THREAD_PER_TASK);
    }

    private void assertExactlyOnce(WriterClient writer) {
        await().atMost(TIMEOUT).until(() -> writer.hasApplied(KafkaTopic.SNAPSHOTS, sent.get()));
        List<Long> stored = writer.storedCounts(KafkaTopic.SNAPSHOTS);
        long bad = sent.get() / 1_000;
        assertThat(stored.get(0)).isEqualTo(sent.get());
        assertThat(stored.get(1) + stored.get(2) + stored.get(3)).isEqualTo(sent.get());
        assertThat(stored.get(3)).isEqualTo(bad);
        assertThat(writer.deadLetters(KafkaTopic.SNAPSHOTS).stream()
                        .map(WriterClient.DeadLetterSample::source)
                        .distinct())
                .hasSize((int) bad);
        List<Map<String, Object>> rows = writer.jdbc.queryForList(
                "select identifier, voting_weight::bigint as weight from current_node_stats order by identifier");
        assertThat(rows).hasSize(NODES);
        for (Map<String, Object> row : rows) {
            assertThat(row.get("weight")).as("%s", row).isEqualTo(newestOf(String.valueOf(row.get("identifier"))));
        }
    }

    private Long newestOf(String identifier) {
        for (long number = sent.get() - 1; ; number--) {
            if (number % 1_000 != 999
                    && TestMessages.node((int) (number % NODES)).value().equals(identifier)) {
                return number;
            }
        }
    }

    @Test
    void rollingReplacementLeavesNoGap() {
        AtomicBoolean on = new AtomicBoolean(true);
        try (WriterClient client = new WriterClient(broker, database)) {
            StatsWriterFixture first = startWriter();
            send(client, NODES);
            await().atMost(TIMEOUT).until(() -> client.hasApplied(KafkaTopic.SNAPSHOTS, NODES));
            CompletableFuture<Void> load = load(client, on);
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> read(client, on), THREAD_PER_TASK);
            StatsWriterFixture second = startWriter();
            awaitAssigned(second);
            first.close();
            StatsWriterFixture third = startWriter();
            awaitAssigned(third);
            second.close();
            on.set(false);
            load.join();
            reader.join();
            assertExactlyOnce(client);
            third.close();
        }
    }

    /** Nodes never turn offline, because some writer always applies what arrives. */
    private static void read(WriterClient client, AtomicBoolean on) {
        long most = 0;
        while (on.get()) {
            Long online =
                    client.jdbc.queryForObject("select count(*) from current_node_stats where not offline", Long.class);
            assertThat(online).isGreaterThanOrEqualTo(most);
            most = online == null ? most : online;
        }
    }

    private StatsWriterFixture startWriter() {
        return new StatsWriterFixture(broker, database);
    }

    private static void awaitAssigned(StatsWriterFixture writer) {
        await().atMost(TIMEOUT)
                .until(() -> writer.meterCounts(KafkaTopic.SNAPSHOTS).get(0) > 0);
    }

    /** Runs last: a static member stays in its group for a while after its process ended. */
    @Test
    @Order(Integer.MAX_VALUE)
    void killedWriterLosesAndRepeatsNothing() {
        AtomicBoolean on = new AtomicBoolean(true);
        Random random = new Random(5);
        try (WriterClient client = new WriterClient(broker, database)) {
            CompletableFuture<Void> load = load(client, on);
            for (int kill = 0; kill < KILLS; kill++) {
                long last = client.applied(KafkaTopic.SNAPSHOTS) + 1 + random.nextInt(5_000);
                try (ProgramProcess writer = startProcess()) {
                    writer.awaitCondition("record " + last + " to be applied", () -> {
                        assertThat(load).isNotCompletedExceptionally();
                        return client.hasApplied(KafkaTopic.SNAPSHOTS, last);
                    });
                    pauseInsideBatch(random);
                    writer.kill();
                }
            }
            on.set(false);
            load.join();
            try (ProgramProcess lastWriter = startProcess()) {
                assertExactlyOnce(client);
                assertThat(lastWriter.terminate()).isEqualTo(143);
            }
        }
    }

    /** Records show as applied at a commit, but the kill must also come within a transaction. */
    private static void pauseInsideBatch(Random random) {
        await().atMost(ONE_MINUTE)
                .pollDelay(Duration.ofMillis(random.nextInt(200)))
                .until(() -> true);
    }

    /** Static group membership: a successor need not wait for the session timeout of the killed process. */
    private ProgramProcess startProcess() {
        return ProgramProcess.of(StatsWriterMain.class)
                .heap("256m")
                .arguments(StatsWriterFixture.arguments(
                        broker,
                        database,
                        "--consumer.max-records=200",
                        "--spring.kafka.consumer.properties.group.instance.id=only"))
                .start();
    }
}

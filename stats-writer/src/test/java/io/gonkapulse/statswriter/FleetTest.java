package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.Messages;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Several writers, and writers that are killed. {@code -Dstatswriter.kills=50} makes the run long. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetTest {

    /** The shared pool has one thread on a machine of two cores, and each of these needs its own. */
    private static final Executor A_THREAD_EACH = work -> new Thread(work, "fleet-test").start();

    private static final int KILLS = Integer.getInteger("statswriter.kills", 3);
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int NODES = 200;

    private final TestBroker broker;
    private final TestDatabase database;
    private final Instant start = InstantSource.system().instant();
    private final AtomicLong sent = new AtomicLong();

    FleetTest(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
        RunningWriter.createSchema(database);
        broker.createTopic(Topic.SNAPSHOTS.name(), Topic.SNAPSHOTS.partitions());
    }

    /** Of all these, the last one of each node is what must remain. */
    private void send(RunningWriter through, int records) {
        for (int i = 0; i < records; i++) {
            long number = sent.getAndIncrement();
            byte[] garbage = {'{'};
            if (number % 1_000 == 999) {
                through.send(Topic.SNAPSHOTS, Messages.node(0).value(), garbage);
            } else {
                through.send(Messages.live()
                        .node(Messages.node((int) (number % NODES)))
                        .at(start.plusMillis(number))
                        .weight(number)
                        .build());
            }
        }
        through.flush();
    }

    private CompletableFuture<Void> load(RunningWriter through, AtomicBoolean on) {
        return CompletableFuture.runAsync(
                () -> {
                    while (on.get()) {
                        send(through, 200);
                        Instant next = InstantSource.system().instant().plusMillis(40);
                        await().pollInterval(Duration.ofMillis(5))
                                .until(() -> !InstantSource.system().instant().isBefore(next));
                    }
                },
                A_THREAD_EACH);
    }

    private void requireExactness(RunningWriter writer) {
        await().atMost(LONG).until(() -> writer.applied(Topic.SNAPSHOTS, sent.get()));
        List<Long> kept = writer.kept(Topic.SNAPSHOTS);
        long bad = sent.get() / 1_000;
        assertThat(kept.get(0)).isEqualTo(sent.get());
        assertThat(kept.get(1) + kept.get(2) + kept.get(3)).isEqualTo(sent.get());
        assertThat(kept.get(3)).isEqualTo(bad);
        assertThat(writer.deadLetters(Topic.SNAPSHOTS).stream()
                        .map(LetterListener.Letter::source)
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
                    && Messages.node((int) (number % NODES)).value().equals(identifier)) {
                return number;
            }
        }
    }

    @Test
    void writersThatAreReplacedOneByOneLeaveNoGap() {
        AtomicBoolean on = new AtomicBoolean(true);
        List<Throwable> errors = new ArrayList<>();
        RunningWriter first = new RunningWriter(broker, database);
        RunningWriter sender = new RunningWriter(broker, database, "--spring.kafka.listener.auto-startup=false");
        try (sender) {
            send(sender, NODES);
            await().atMost(LONG).until(() -> first.applied(Topic.SNAPSHOTS, NODES));
            CompletableFuture<Void> load = load(sender, on);
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> read(sender, on, errors), A_THREAD_EACH);
            RunningWriter second = new RunningWriter(broker, database);
            await().atMost(LONG).until(() -> second.counters(Topic.SNAPSHOTS).get(0) > 0);
            first.close();
            RunningWriter third = new RunningWriter(broker, database);
            await().atMost(LONG).until(() -> third.counters(Topic.SNAPSHOTS).get(0) > 0);
            second.close();
            on.set(false);
            load.join();
            reader.join();
            requireExactness(third);
            third.close();
        }
        assertThat(errors).isEmpty();
    }

    private static void read(RunningWriter through, AtomicBoolean on, List<Throwable> errors) {
        long most = 0;
        while (on.get()) {
            try {
                Long rows = through.jdbc.queryForObject(
                        "select count(*) from current_node_stats where not offline", Long.class);
                assertThat(rows).isGreaterThanOrEqualTo(most);
                most = rows == null ? most : rows;
            } catch (RuntimeException | AssertionError e) {
                errors.add(e);
            }
        }
    }

    @Test
    void aWriterKilledAtAnyMomentLosesAndRepeatsNothing(@TempDir Path directory) throws Exception {
        AtomicBoolean on = new AtomicBoolean(true);
        Random random = new Random(5);
        try (RunningWriter sender = new RunningWriter(broker, database, "--spring.kafka.listener.auto-startup=false")) {
            send(sender, 200);
            CompletableFuture<Void> load = load(sender, on);
            for (int kill = 0; kill < KILLS; kill++) {
                long before = sender.kept(Topic.SNAPSHOTS).get(0);
                Process writer = startProcess(directory.resolve("writer-" + kill + ".log"));
                try {
                    await().atMost(LONG)
                            .until(() -> sender.kept(Topic.SNAPSHOTS).get(0) > before);
                    Instant moment = InstantSource.system().instant().plusMillis(random.nextInt(1_500));
                    await().pollInterval(Duration.ofMillis(1))
                            .atMost(LONG)
                            .until(() -> !InstantSource.system().instant().isBefore(moment));
                } finally {
                    writer.destroyForcibly().waitFor();
                }
            }
            on.set(false);
            load.join();
            Process last = startProcess(directory.resolve("last.log"));
            try {
                requireExactness(sender);
            } finally {
                last.destroy();
                assertThat(last.waitFor()).isEqualTo(143);
            }
        }
    }

    /** Under one name in its group, so that a successor need not wait until the group misses the one that was killed. */
    private Process startProcess(Path log) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StatsWriterMain.class.getName()));
        command.addAll(List.of(RunningWriter.arguments(
                broker, database, "--spring.kafka.consumer.properties.group.instance.id=only")));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
    }
}

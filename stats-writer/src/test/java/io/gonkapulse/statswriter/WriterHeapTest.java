package io.gonkapulse.statswriter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program with the heap of its image in a container of 1 GiB, and exits on OutOfMemoryError. */
@RealInfrastructure
class WriterHeapTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int MEGABYTE = 1 << 20;
    private static final int PARTITIONS = KafkaTopic.SNAPSHOTS.partitions();

    private final TestBroker broker;
    private final TestDatabase database;

    WriterHeapTest(TestBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
    }

    /** One record of 320 MB uncompressed, and 36 that fit one by one and add up to 860 MB. */
    @Test
    void deadLettersRecordsLargerThanHeap(@TempDir Path directory) throws Exception {
        StatsWriterFixture.createSchema(database);
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), PARTITIONS);
        try (StatsWriterFixture sender =
                new StatsWriterFixture(broker, database, "--spring.kafka.listener.auto-startup=false")) {
            LargeRecordPublisher.send(broker, 0, 320 * MEGABYTE);
            for (int i = 0; i < 3 * PARTITIONS; i++) {
                LargeRecordPublisher.send(broker, i % PARTITIONS, 24 * MEGABYTE);
            }
            for (int i = 0; i < 20; i++) {
                sender.send(TestMessages.live()
                        .node(TestMessages.node(i))
                        .at(InstantSource.system().instant())
                        .build());
            }
            sender.flush();
            int all = 1 + 3 * PARTITIONS + 20;

            Path log = directory.resolve("writer.log");
            Process writer = start(log, StatsWriterFixture.arguments(broker, database));
            try {
                await().atMost(LONG).until(() -> !writer.isAlive() || sender.hasApplied(KafkaTopic.SNAPSHOTS, all));
                assertThat(writer.isAlive()).as(Files.readString(log, UTF_8)).isTrue();
            } finally {
                writer.destroyForcibly().waitFor();
            }
            assertThat(sender.storedCounts(KafkaTopic.SNAPSHOTS))
                    .containsExactly((long) all, 20L, 0L, 1L + 3L * PARTITIONS);
            assertThat(DeadLetterListener.readAll(broker, KafkaTopic.SNAPSHOTS))
                    .contains(new DeadLetterListener.DeadLetterSample("0@0", "BATCH_TOO_LARGE", -1));

            Path replayLog = directory.resolve("replay.log");
            List<String> replay = new ArrayList<>(List.of("replay", "--from", "earliest"));
            replay.addAll(List.of(StatsWriterFixture.arguments(broker, database)));
            assertThat(start(replayLog, replay.toArray(String[]::new)).waitFor())
                    .as(Files.readString(replayLog, UTF_8))
                    .isZero();
            assertThat(Files.readString(replayLog, UTF_8))
                    .contains(all + " snapshots read, 0 newer than the stored ones, " + (all - 20) + " invalid");
        }
    }

    private static Process start(Path log, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx614m", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(StatsWriterMain.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
    }
}

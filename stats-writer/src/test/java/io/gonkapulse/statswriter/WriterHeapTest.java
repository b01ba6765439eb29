package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs the program with the heap of its image in a container of 1 GiB, and exits on OutOfMemoryError. */
@RealInfrastructure
@Tag("process")
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
    void deadLettersRecordsLargerThanHeap() throws Exception {
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

            try (ProgramProcess writer = start(StatsWriterFixture.arguments(broker, database))) {
                await().atMost(LONG).until(() -> !writer.isAlive() || sender.hasApplied(KafkaTopic.SNAPSHOTS, all));
                assertThat(writer.isAlive()).as(writer::outputText).isTrue();
            }
            assertThat(sender.storedCounts(KafkaTopic.SNAPSHOTS))
                    .containsExactly((long) all, 20L, 0L, 1L + 3L * PARTITIONS);
            assertThat(DeadLetterListener.readAll(broker, KafkaTopic.SNAPSHOTS))
                    .contains(new DeadLetterListener.DeadLetterSample("0@0", "BATCH_TOO_LARGE", -1));

            List<String> arguments = new ArrayList<>(List.of("replay", "--from", "earliest"));
            arguments.addAll(List.of(StatsWriterFixture.arguments(broker, database)));
            try (ProgramProcess replay = start(arguments.toArray(String[]::new))) {
                assertThat(replay.exitCode()).as(replay::outputText).isZero();
                assertThat(replay.outputText())
                        .contains(all + " snapshots read, 0 newer than the stored ones, " + (all - 20) + " invalid");
            }
        }
    }

    private static ProgramProcess start(String... arguments) {
        return ProgramProcess.of(StatsWriterMain.class)
                .heap("614m")
                .arguments(arguments)
                .start();
    }
}

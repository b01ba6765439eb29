package io.gonkapulse.statswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.DedicatedBroker;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs the program with the heap of its image in a container of 1 GiB, and exits on OutOfMemoryError. The killed program
 * stays in its group for a while, so the broker is not shared.
 */
@RealInfrastructure
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WriterHeapTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int MEGABYTE = 1 << 20;
    private static final int PARTITIONS = KafkaTopic.SNAPSHOTS.partitions();
    private static final int LARGE_RECORDS = 1 + 3 * PARTITIONS;
    private static final int NODES = 20;
    private static final int RECORDS = LARGE_RECORDS + NODES;

    private final DedicatedBroker broker;
    private final TestDatabase database;
    private final WriterClient client;

    WriterHeapTest(DedicatedBroker broker, TestDatabase database) {
        this.broker = broker;
        this.database = database;
        StatsWriterFixture.createSchema(database);
        this.client = new WriterClient(broker, database);
    }

    /** One record of 320 MB uncompressed, and 36 that fit one by one and add up to 860 MB. */
    @BeforeAll
    void send() throws Exception {
        broker.createTopic(KafkaTopic.SNAPSHOTS.name(), PARTITIONS);
        LargeRecordPublisher.send(broker, 0, 320 * MEGABYTE);
        for (int i = 0; i < 3 * PARTITIONS; i++) {
            LargeRecordPublisher.send(broker, i % PARTITIONS, 24 * MEGABYTE);
        }
        for (int i = 0; i < NODES; i++) {
            client.send(TestMessages.live()
                    .node(TestMessages.node(i))
                    .at(InstantSource.system().instant())
                    .build());
        }
        client.flush();
    }

    @BeforeEach
    void clear() {
        client.jdbc.execute("truncate nodes, consumer_offsets cascade");
    }

    @AfterAll
    void close() {
        client.close();
    }

    @Test
    void deadLettersRecordsLargerThanHeap() {
        try (ProgramProcess writer = start(StatsWriterFixture.arguments(broker, database))) {
            await().atMost(TIMEOUT).until(() -> !writer.isAlive() || client.hasApplied(KafkaTopic.SNAPSHOTS, RECORDS));
            assertThat(writer.isAlive()).as(writer::outputText).isTrue();
        }

        assertThat(client.storedCounts(KafkaTopic.SNAPSHOTS))
                .containsExactly((long) RECORDS, (long) NODES, 0L, (long) LARGE_RECORDS);
        assertThat(client.deadLetters(KafkaTopic.SNAPSHOTS))
                .contains(new WriterClient.DeadLetterSample("0@0", "BATCH_TOO_LARGE", -1));
    }

    @Test
    void replaySkipsRecordsLargerThanHeap() {
        List<String> arguments = new ArrayList<>(List.of("replay", "--from", "earliest"));
        arguments.addAll(List.of(StatsWriterFixture.arguments(broker, database)));

        try (ProgramProcess replay = start(arguments.toArray(String[]::new))) {
            assertThat(replay.exitCode()).as(replay::outputText).isZero();
            assertThat(replay.outputText())
                    .contains(RECORDS + " snapshots read, " + NODES + " newer than the stored ones, " + LARGE_RECORDS
                            + " invalid");
        }
    }

    private static ProgramProcess start(String... arguments) {
        return ProgramProcess.of(StatsWriterMain.class)
                .heap("614m")
                .arguments(arguments)
                .start();
    }
}

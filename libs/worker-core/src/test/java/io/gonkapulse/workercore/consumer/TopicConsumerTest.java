package io.gonkapulse.workercore.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.junit.TestTopicReader.TestTopicRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealInfrastructure
class TopicConsumerTest {

    private final TopicConsumerFixture fixture;

    TopicConsumerTest(TestBroker broker, TestDatabase database) {
        this.fixture = new TopicConsumerFixture(broker, database, 2);
    }

    @BeforeAll
    static void tables(TestDatabase database) {
        TopicConsumerFixture.createTables(database);
    }

    @BeforeEach
    void empty() {
        fixture.jdbc.execute("truncate note");
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void deadLettersOnlyInvalidRecords() {
        byte[] huge = new byte[900_000];
        Arrays.fill(huge, (byte) 'x');
        fixture.send(0, "n1");
        fixture.send(0, "bad");
        fixture.send(0, "n2");
        fixture.send(0, "n5000");
        fixture.send(0, (String) null);
        fixture.send(0, huge);
        fixture.send(0, "n1");
        fixture.send(0, "n3");
        fixture.flush();

        fixture.start(new NoteHandler(fixture.jdbc));

        fixture.awaitReceived(8);
        assertThat(fixture.meterCounts()).containsExactly(8L, 3L, 1L, 4L);
        assertThat(fixture.storedCounts()).containsExactly(8L, 3L, 1L, 4L);
        assertThat(fixture.notes()).containsExactly(1, 2, 3);
        assertThat(fixture.deadLetters().stream().map(TopicConsumerTest::describe))
                .containsExactlyInAnyOrder(
                        "1 NOT_A_NOTE 3", "3 SQLSTATE 23514 5", "4 TOMBSTONE -1", "5 NOT_A_NOTE 900000");
        assertThat(fixture.deadLetters())
                .allMatch(deadLetter ->
                        TopicConsumerFixture.header(deadLetter, "group").equals(TopicConsumerFixture.GROUP));
    }

    private static String describe(TestTopicRecord deadLetter) {
        byte[] value = deadLetter.value();
        return TopicConsumerFixture.header(deadLetter, "source-offset") + " "
                + TopicConsumerFixture.header(deadLetter, "reason") + " "
                + (value == null ? -1 : value.length);
    }

    /** The broker refuses 2 MB, the producer itself refuses 20 MB. */
    @ParameterizedTest
    @ValueSource(ints = {2 << 20, 20 << 20})
    void deadLettersHeadersOfTooLargeRecord(int length) {
        byte[] huge = new byte[length];
        Arrays.fill(huge, (byte) 'x');
        fixture.send(0, "n1");
        fixture.send(0, huge);
        fixture.send(0, "n2");
        fixture.flush();

        fixture.start(new NoteHandler(fixture.jdbc));

        fixture.awaitReceived(3);
        assertThat(fixture.meterCounts()).containsExactly(3L, 2L, 0L, 1L);
        assertThat(fixture.storedCounts()).containsExactly(3L, 2L, 0L, 1L);
        assertThat(fixture.notes()).containsExactly(1, 2);
        assertThat(fixture.deadLetters())
                .singleElement()
                .satisfies(deadLetter -> assertThat(describe(deadLetter)).isEqualTo("1 NOT_A_NOTE -1"))
                .satisfies(deadLetter -> assertThat(TopicConsumerFixture.header(deadLetter, "value-left-out"))
                        .isEqualTo(String.valueOf(length)));
    }

    @Test
    void poisonedPartitionDoesNotDelayOthers() {
        fixture.start(new NoteHandler(fixture.jdbc));
        IntStream.range(0, 900).forEach(number -> {
            fixture.send(0, "n" + number);
            fixture.send(1, number % 9 == 0 ? "n" + (1_000 + number) : "n" + number);
        });
        fixture.flush();

        fixture.awaitReceived(1_800);
        assertThat(fixture.notes()).hasSize(900);
        assertThat(fixture.meterCounts()).containsExactly(1_800L, 900L, 800L, 100L);
        assertThat(fixture.storedCounts()).containsExactly(1_800L, 900L, 800L, 100L);
        assertThat(fixture.deadLetters())
                .hasSize(100)
                .allMatch(deadLetter -> TopicConsumerFixture.header(deadLetter, "source-partition")
                        .equals("1"));
    }

    @Test
    void successorResumesFromStoredOffset() {
        TopicConsumer first = fixture.start(new NoteHandler(fixture.jdbc));
        fixture.send(0, "n1");
        fixture.send(1, "n2");
        fixture.flush();
        fixture.awaitReceived(2);
        first.stop();
        fixture.jdbc.update("update consumer_offsets set next_offset = 0 where topic = ?", fixture.topic.name());

        fixture.start(new NoteHandler(fixture.jdbc));
        fixture.send(0, "n3");
        fixture.flush();

        fixture.awaitReceived(5);
        assertThat(fixture.meterCounts()).containsExactly(5L, 3L, 2L, 0L);
        assertThat(fixture.storedCounts()).containsExactly(3L, 3L, 2L, 0L);
        assertThat(fixture.deadLetters()).isEmpty();
    }

    @Test
    void readsAddedPartitionsFromBeginning() {
        fixture.start(new NoteHandler(fixture.jdbc));
        fixture.send(0, "n1");
        fixture.flush();
        fixture.awaitReceived(1);
        fixture.addPartitions(4);
        fixture.send(2, "n2");
        fixture.send(3, "n3");
        fixture.send(0, "n4");
        fixture.flush();

        fixture.awaitReceived(4);
        assertThat(fixture.meterCounts()).containsExactly(4L, 4L, 0L, 0L);
        assertThat(fixture.storedCounts()).containsExactly(4L, 4L, 0L, 0L);
        assertThat(fixture.notes()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void realignsAfterOffsetChangedElsewhere() {
        fixture.start(new NoteHandler(fixture.jdbc));
        IntStream.range(0, 10).forEach(number -> fixture.send(0, "n" + number));
        fixture.flush();
        fixture.awaitReceived(10);
        fixture.jdbc.update(
                "update consumer_offsets set next_offset = 4 where topic = ? and partition = 0", fixture.topic.name());

        fixture.send(0, "n10");
        fixture.flush();

        fixture.awaitReceived(17);
        assertThat(fixture.meterCounts()).containsExactly(17L, 11L, 6L, 0L);
        assertThat(fixture.storedCounts().get(0)).isEqualTo(11);
    }

    @Test
    void transientFailureLosesAndDeadLettersNothing() {
        fixture.jdbc.execute("alter table note rename to hidden");
        fixture.start(new NoteHandler(fixture.jdbc));
        IntStream.range(0, 100).forEach(number -> fixture.send(number % 2, number == 50 ? "bad" : "n" + number));
        fixture.flush();
        await().atMost(TopicConsumerFixture.TIMEOUT)
                .until(() -> fixture.meters
                                .get("gonkapulse.consumer.batches.retried")
                                .counter()
                                .count()
                        > 3);
        assertThat(fixture.meterCounts()).containsExactly(0L, 0L, 0L, 0L);

        fixture.jdbc.execute("alter table hidden rename to note");

        fixture.awaitReceived(100);
        assertThat(fixture.meterCounts()).containsExactly(100L, 99L, 0L, 1L);
        assertThat(fixture.storedCounts()).containsExactly(100L, 99L, 0L, 1L);
        assertThat(fixture.notes()).hasSize(99);
        assertThat(fixture.deadLetters()).hasSize(1);
    }

    @Test
    void rebalancesUnderLoadWithoutGap() {
        TopicConsumer first = fixture.start(new NoteHandler(fixture.jdbc));
        send(0, 300);
        TopicConsumer second = fixture.start(new NoteHandler(fixture.jdbc));
        send(300, 600);
        fixture.awaitReceived(300);
        first.stop();
        send(600, 900);
        TopicConsumer third = fixture.start(new NoteHandler(fixture.jdbc));
        second.stop();
        send(900, 1_000);

        await().atMost(TopicConsumerFixture.TIMEOUT)
                .until(() -> fixture.storedCounts().get(0) >= 1_000);
        fixture.awaitReceived(1_000);
        Set<Integer> all = IntStream.range(0, 1_000).boxed().collect(Collectors.toSet());
        assertThat(fixture.notes()).hasSize(1_000).containsAll(all);
        assertThat(fixture.storedCounts()).containsExactly(1_000L, 1_000L, 0L, 0L);
        assertThat(fixture.meterCounts()).containsExactly(1_000L, 1_000L, 0L, 0L);
        assertThat(third.isRunning()).isTrue();
        assertThat(third.isInExpectedState()).isTrue();
    }

    private void send(int from, int to) {
        IntStream.range(from, to).forEach(number -> fixture.send(number % 2, "n" + number));
        fixture.flush();
    }

    @Test
    void readsRecreatedTopicFromBeginning() {
        List<String> values = List.of("n7", "n8");
        fixture.jdbc.update(
                "insert into consumer_offsets (consumer_group, topic, partition, next_offset) values (?, ?, 0, 500)",
                TopicConsumerFixture.GROUP,
                fixture.topic.name());
        values.forEach(value -> fixture.send(0, value.getBytes(UTF_8)));
        fixture.flush();

        fixture.start(new NoteHandler(fixture.jdbc));

        fixture.awaitReceived(2);
        assertThat(fixture.notes()).containsExactly(7, 8);
        assertThat(fixture.storedCounts()).containsExactly(2L, 2L, 0L, 0L);
    }
}

package io.gonkapulse.workercore.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealInfrastructure
class IntakeTest {

    private final Workbench bench;

    IntakeTest(TestBroker broker, TestDatabase database) {
        this.bench = new Workbench(broker, database, 2);
    }

    @BeforeAll
    static void tables(TestDatabase database) {
        Workbench.createTables(database);
    }

    @BeforeEach
    void empty() {
        bench.jdbc.execute("truncate note");
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
    }

    @Test
    void everyBadRecordIsSetAsideAndNothingElse() {
        byte[] huge = new byte[900_000];
        Arrays.fill(huge, (byte) 'x');
        bench.send(0, "n1");
        bench.send(0, "bad");
        bench.send(0, "n2");
        bench.send(0, "n5000");
        bench.send(0, (String) null);
        bench.send(0, huge);
        bench.send(0, "n1");
        bench.send(0, "n3");
        bench.flush();

        bench.start(new Notes(bench.jdbc));

        bench.awaitCounted(8);
        assertThat(bench.counters()).containsExactly(8L, 3L, 1L, 4L);
        assertThat(bench.kept()).containsExactly(8L, 3L, 1L, 4L);
        assertThat(bench.notes()).containsExactly(1, 2, 3);
        assertThat(bench.deadLetters().stream().map(IntakeTest::said))
                .containsExactlyInAnyOrder(
                        "1 NOT_A_NOTE 3", "3 SQLSTATE 23514 5", "4 TOMBSTONE -1", "5 NOT_A_NOTE 900000");
        assertThat(bench.deadLetters())
                .allMatch(letter -> Workbench.header(letter, "group").equals(Workbench.GROUP));
    }

    private static String said(ConsumerRecord<byte[], byte[]> letter) {
        return Workbench.header(letter, "source-offset") + " " + Workbench.header(letter, "reason") + " "
                + (letter.value() == null ? -1 : letter.value().length);
    }

    /** 2 MB the broker refuses, 20 MB the producer by itself. */
    @ParameterizedTest
    @ValueSource(ints = {2 << 20, 20 << 20})
    void ofABadRecordThatNoDeadLetterCanHoldTheHeadersAreSetAside(int length) {
        byte[] huge = new byte[length];
        Arrays.fill(huge, (byte) 'x');
        bench.send(0, "n1");
        bench.send(0, huge);
        bench.send(0, "n2");
        bench.flush();

        bench.start(new Notes(bench.jdbc));

        bench.awaitCounted(3);
        assertThat(bench.counters()).containsExactly(3L, 2L, 0L, 1L);
        assertThat(bench.kept()).containsExactly(3L, 2L, 0L, 1L);
        assertThat(bench.notes()).containsExactly(1, 2);
        assertThat(bench.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(said(letter)).isEqualTo("1 NOT_A_NOTE -1"))
                .satisfies(letter ->
                        assertThat(Workbench.header(letter, "value-left-out")).isEqualTo(String.valueOf(length)));
    }

    @Test
    void aPoisonedPartitionDoesNotHoldUpABusyOne() {
        bench.start(new Notes(bench.jdbc));
        IntStream.range(0, 900).forEach(number -> {
            bench.send(0, "n" + number);
            bench.send(1, number % 9 == 0 ? "n" + (1_000 + number) : "n" + number);
        });
        bench.flush();

        bench.awaitCounted(1_800);
        assertThat(bench.notes()).hasSize(900);
        assertThat(bench.counters()).containsExactly(1_800L, 900L, 800L, 100L);
        assertThat(bench.kept()).containsExactly(1_800L, 900L, 800L, 100L);
        assertThat(bench.deadLetters())
                .hasSize(100)
                .allMatch(letter -> Workbench.header(letter, "source-partition").equals("1"));
    }

    @Test
    void whatTheDatabaseAppliedIsWhereASuccessorGoesOn() {
        Intake first = bench.start(new Notes(bench.jdbc));
        bench.send(0, "n1");
        bench.send(1, "n2");
        bench.flush();
        bench.awaitCounted(2);
        first.stop();
        bench.jdbc.update("update consumer_offsets set next_offset = 0 where topic = ?", bench.topic.name());

        bench.start(new Notes(bench.jdbc));
        bench.send(0, "n3");
        bench.flush();

        bench.awaitCounted(5);
        assertThat(bench.counters()).containsExactly(5L, 3L, 2L, 0L);
        assertThat(bench.kept()).containsExactly(3L, 3L, 2L, 0L);
        assertThat(bench.deadLetters()).isEmpty();
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirBeginning() {
        bench.start(new Notes(bench.jdbc));
        bench.send(0, "n1");
        bench.flush();
        bench.awaitCounted(1);
        bench.addPartitions(4);
        bench.send(2, "n2");
        bench.send(3, "n3");
        bench.send(0, "n4");
        bench.flush();

        bench.awaitCounted(4);
        assertThat(bench.counters()).containsExactly(4L, 4L, 0L, 0L);
        assertThat(bench.kept()).containsExactly(4L, 4L, 0L, 0L);
        assertThat(bench.notes()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aPositionThatSomebodyElseMovedIsAgreedOnAnew() {
        bench.start(new Notes(bench.jdbc));
        IntStream.range(0, 10).forEach(number -> bench.send(0, "n" + number));
        bench.flush();
        bench.awaitCounted(10);
        bench.jdbc.update(
                "update consumer_offsets set next_offset = 4 where topic = ? and partition = 0", bench.topic.name());

        bench.send(0, "n10");
        bench.flush();

        bench.awaitCounted(17);
        assertThat(bench.counters()).containsExactly(17L, 11L, 6L, 0L);
        assertThat(bench.kept().get(0)).isEqualTo(11);
    }

    @Test
    void failingSurroundingsSetNothingAsideAndLoseNothing() {
        bench.jdbc.execute("alter table note rename to hidden");
        bench.start(new Notes(bench.jdbc));
        IntStream.range(0, 100).forEach(number -> bench.send(number % 2, number == 50 ? "bad" : "n" + number));
        bench.flush();
        await().atMost(Workbench.LONG)
                .until(() -> bench.meters
                                .get("gonkapulse.batches.postponed")
                                .counter()
                                .count()
                        > 3);
        assertThat(bench.counters()).containsExactly(0L, 0L, 0L, 0L);

        bench.jdbc.execute("alter table hidden rename to note");

        bench.awaitCounted(100);
        assertThat(bench.counters()).containsExactly(100L, 99L, 0L, 1L);
        assertThat(bench.kept()).containsExactly(100L, 99L, 0L, 1L);
        assertThat(bench.notes()).hasSize(99);
        assertThat(bench.deadLetters()).hasSize(1);
    }

    @Test
    void consumersComeAndGoUnderLoadWithoutAGap() {
        Intake first = bench.start(new Notes(bench.jdbc));
        send(0, 300);
        Intake second = bench.start(new Notes(bench.jdbc));
        send(300, 600);
        bench.awaitCounted(300);
        first.stop();
        send(600, 900);
        Intake third = bench.start(new Notes(bench.jdbc));
        second.stop();
        send(900, 1_000);

        await().atMost(Workbench.LONG).until(() -> bench.kept().get(0) >= 1_000);
        bench.awaitCounted(1_000);
        Set<Integer> all = IntStream.range(0, 1_000).boxed().collect(Collectors.toSet());
        assertThat(bench.notes()).hasSize(1_000).containsAll(all);
        assertThat(bench.kept()).containsExactly(1_000L, 1_000L, 0L, 0L);
        assertThat(bench.counters()).containsExactly(1_000L, 1_000L, 0L, 0L);
        assertThat(third.isRunning()).isTrue();
        assertThat(third.isInExpectedState()).isTrue();
    }

    private void send(int from, int to) {
        IntStream.range(from, to).forEach(number -> bench.send(number % 2, "n" + number));
        bench.flush();
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginning() {
        List<String> values = List.of("n7", "n8");
        bench.jdbc.update(
                "insert into consumer_offsets (consumer_group, topic, partition, next_offset) values (?, ?, 0, 500)",
                Workbench.GROUP,
                bench.topic.name());
        values.forEach(value -> bench.send(0, value.getBytes(UTF_8)));
        bench.flush();

        bench.start(new Notes(bench.jdbc));

        bench.awaitCounted(2);
        assertThat(bench.notes()).containsExactly(7, 8);
        assertThat(bench.kept()).containsExactly(2L, 2L, 0L, 0L);
    }
}

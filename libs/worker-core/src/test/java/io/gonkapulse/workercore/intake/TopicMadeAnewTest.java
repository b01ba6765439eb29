package io.gonkapulse.workercore.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A topic that was deleted and made again has other records at the same offsets. */
@RealInfrastructure
class TopicMadeAnewTest {

    private final Workbench bench;

    TopicMadeAnewTest(TestBroker broker, TestDatabase database) {
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
    void itIsReadFromItsFirstRecordThoughItHasMoreThanWasApplied() {
        Intake before = bench.start(new Notes(bench.jdbc));
        send(0, 10);
        bench.awaitCounted(10);
        before.stop();
        bench.makeTopicAnew(2);
        send(100, 130);

        bench.start(new Notes(bench.jdbc));

        await().atMost(Workbench.LONG).until(() -> bench.notes().containsAll(numbers(120, 130)));
        assertThat(bench.notes()).containsExactlyElementsOf(concat(numbers(0, 10), numbers(100, 130)));
        assertThat(bench.kept()).containsExactly(30L, 40L, 0L, 0L);
        assertThat(bench.keptTopicIds()).containsExactly(bench.topicId());
    }

    @Test
    void whereNoIdIsKeptTheIdIsTakenAndThePositionHolds() {
        IntStream.range(0, 20).forEach(number -> bench.send(0, "n" + number));
        bench.flush();
        bench.jdbc.update(
                "insert into consumer_offsets (consumer_group, topic, partition, next_offset) values (?, ?, 0, 7)",
                Workbench.GROUP,
                bench.topic.name());

        bench.start(new Notes(bench.jdbc));

        bench.awaitCounted(13);
        assertThat(bench.kept()).containsExactly(20L, 13L, 0L, 0L);
        assertThat(bench.keptTopicIds()).containsExactly(bench.topicId());
    }

    /** A consumer that does not know yet that the topic is another one must not move the position in the new one. */
    @Test
    void aConsumerOfTheTopicBeforeDoesNotMoveThePositionInTheNewOne() {
        BatchIntake<List<Integer>> late = bench.bare(new Notes(bench.jdbc));
        BatchIntake<List<Integer>> early = bench.bare(new Notes(bench.jdbc));
        assertThat(late.resume(List.of(0)).get(0)).isEqualTo(new Position(0, bench.topicId()));
        UUID before = bench.topicId();
        bench.makeTopicAnew(2);
        Position begun = new Position(0, bench.topicId());
        assertThat(early.resume(List.of(0)).get(0)).isEqualTo(begun);
        assertThat(bench.warnings)
                .containsExactly(bench.topic.name() + "-0 was made anew: its id is "
                        + TopicIdReader.printed(bench.topicId()) + ", and offset 0 is kept of the topic with id "
                        + TopicIdReader.printed(before) + ". Group notes reads the new topic from its first record;"
                        + " what it has applied stays");
        List<Long> sought = new ArrayList<>();

        late.take(batch(0, 10), new BatchIntake.Reader() {
            @Override
            public void seek(int partition, long offset) {
                sought.add(offset);
            }

            @Override
            public long end(int partition) {
                return 10;
            }
        });

        assertThat(bench.notes()).isEmpty();
        assertThat(bench.kept()).containsExactly(0L, 0L, 0L, 0L);
        assertThat(sought).containsExactly(0L);
    }

    private Batch batch(int from, int to) {
        return new Batch(IntStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>(
                        bench.topic.name(), 0, offset, (byte[]) null, ("n" + offset).getBytes(UTF_8)))
                .toList());
    }

    private void send(int from, int to) {
        IntStream.range(from, to).forEach(number -> bench.send(number % 2, "n" + number));
        bench.flush();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static List<Integer> concat(List<Integer> first, List<Integer> second) {
        List<Integer> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}

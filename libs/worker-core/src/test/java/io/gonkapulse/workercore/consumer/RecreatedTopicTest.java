package io.gonkapulse.workercore.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.workercore.consumer.ConsumerOffsetRepository.ConsumerOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recreated topic has other records at the same offsets. */
@RealInfrastructure
class RecreatedTopicTest {

    private final TopicConsumerFixture fixture;

    RecreatedTopicTest(TestBroker broker, TestDatabase database) {
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
    void readsLongerRecreatedTopicFromStart() {
        TopicConsumer before = fixture.start(new NoteHandler(fixture.jdbc));
        send(0, 10);
        fixture.awaitReceived(10);
        before.stop();
        fixture.recreateTopic(2);
        send(100, 130);

        fixture.start(new NoteHandler(fixture.jdbc));

        await().atMost(TopicConsumerFixture.TIMEOUT).until(() -> fixture.notes().containsAll(numbers(120, 130)));
        assertThat(fixture.notes()).containsExactlyElementsOf(concat(numbers(0, 10), numbers(100, 130)));
        assertThat(fixture.storedCounts()).containsExactly(30L, 40L, 0L, 0L);
        assertThat(fixture.storedTopicIds()).containsExactly(fixture.topicId());
    }

    @Test
    void keepsOffsetWhenTopicIdWasUnknown() {
        IntStream.range(0, 20).forEach(number -> fixture.send(0, "n" + number));
        fixture.flush();
        fixture.jdbc.update(
                "insert into consumer_offsets (consumer_group, topic, partition, next_offset) values (?, ?, 0, 7)",
                TopicConsumerFixture.GROUP,
                fixture.topic.name());

        fixture.start(new NoteHandler(fixture.jdbc));

        fixture.awaitReceived(13);
        assertThat(fixture.storedCounts()).containsExactly(20L, 13L, 0L, 0L);
        assertThat(fixture.storedTopicIds()).containsExactly(fixture.topicId());
    }

    /** A consumer that still knows the old topic must not advance the offset of the new one. */
    @Test
    void outdatedConsumerCannotAdvanceNewTopic() {
        BatchProcessor<List<Integer>> late = fixture.createProcessor(new NoteHandler(fixture.jdbc));
        BatchProcessor<List<Integer>> early = fixture.createProcessor(new NoteHandler(fixture.jdbc));
        assertThat(late.loadOffsets(List.of(0)).get(0)).isEqualTo(new ConsumerOffset(0, fixture.topicId()));
        UUID before = fixture.topicId();
        fixture.recreateTopic(2);
        ConsumerOffset begun = new ConsumerOffset(0, fixture.topicId());
        assertThat(early.loadOffsets(List.of(0)).get(0)).isEqualTo(begun);
        assertThat(fixture.warnings)
                .containsExactly(fixture.topic.name() + "-0 was recreated: its id is "
                        + TopicMetadataReader.format(fixture.topicId())
                        + ", and offset 0 is stored for the topic with id "
                        + TopicMetadataReader.format(before)
                        + ". Group notes reads the new topic from its first record;"
                        + " rows already written stay");
        List<Long> seeks = new ArrayList<>();

        late.process(batch(0, 10), new BatchProcessor.PartitionReader() {
            @Override
            public void seek(int partition, long offset) {
                seeks.add(offset);
            }

            @Override
            public long endOffset(int partition) {
                return 10;
            }
        });

        assertThat(fixture.notes()).isEmpty();
        assertThat(fixture.storedCounts()).containsExactly(0L, 0L, 0L, 0L);
        assertThat(seeks).containsExactly(0L);
    }

    private ConsumerBatch batch(int from, int to) {
        return new ConsumerBatch(IntStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>(
                        fixture.topic.name(), 0, offset, (byte[]) null, ("n" + offset).getBytes(UTF_8)))
                .toList());
    }

    private void send(int from, int to) {
        IntStream.range(from, to).forEach(number -> fixture.send(number % 2, "n" + number));
        fixture.flush();
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

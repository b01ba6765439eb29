package io.gonkapulse.workercore.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delivery orders that a container produces only when a rebalance and a failure coincide. */
@RealInfrastructure
class BatchProcessorTest {

    private final TopicConsumerFixture fixture;
    private final BatchProcessor<List<Integer>> processor;
    private final Map<Integer, Long> seeks = new HashMap<>();
    private long end = 1_000;

    BatchProcessorTest(TestBroker broker, TestDatabase database) {
        this.fixture = new TopicConsumerFixture(broker, database, 2);
        this.processor = fixture.createProcessor(new NoteHandler(fixture.jdbc));
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

    private void process(int from, int to) {
        process(processor, from, to);
    }

    private void process(BatchProcessor<?> processor, int from, int to) {
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>(
                        fixture.topic.name(), 0, offset, (byte[]) null, ("n" + offset).getBytes(UTF_8)))
                .toList();
        processor.process(new ConsumerBatch(records), new BatchProcessor.PartitionReader() {
            @Override
            public void seek(int partition, long offset) {
                seeks.put(partition, offset);
            }

            @Override
            public long endOffset(int partition) {
                return end;
            }
        });
    }

    @Test
    void countsOnlyNewRecordsOfOverlap() {
        process(0, 10);

        process(5, 15);

        assertThat(fixture.meterCounts()).containsExactly(15L, 15L, 0L, 0L);
        assertThat(fixture.storedCounts()).containsExactly(15L, 15L, 0L, 0L);
    }

    @Test
    void countsOnlyNewRecordsAfterReassignment() {
        process(0, 10);
        processor.forgetOffsets(List.of(0));
        processor.loadOffsets(List.of(0));

        process(0, 12);
        process(10, 20);

        assertThat(fixture.storedCounts()).containsExactly(20L, 20L, 0L, 0L);
        assertThat(fixture.notes()).hasSize(20);
    }

    @Test
    void rollsBackBatchOvertakenByAnotherConsumer() {
        AtomicBoolean overtaken = new AtomicBoolean();
        AtomicReference<@Nullable BatchProcessor<?>> self = new AtomicReference<>();
        NoteHandler notes = new NoteHandler(fixture.jdbc);
        BatchProcessor<List<Integer>> slow = fixture.createProcessor(new BatchHandler<List<Integer>>() {
            @Override
            public List<Integer> reduce(ConsumerBatch batch, DeadLetterBuffer rejections) {
                if (overtaken.compareAndSet(false, true)) {
                    process(requireNonNull(self.get()), 0, 10);
                }
                return notes.reduce(batch, rejections);
            }

            @Override
            public long write(List<Integer> numbers) {
                return notes.write(numbers);
            }
        });
        self.set(slow);

        process(slow, 0, 10);

        assertThat(fixture.meterCounts()).containsExactly(10L, 10L, 0L, 0L);
        assertThat(fixture.storedCounts()).containsExactly(10L, 10L, 0L, 0L);
        assertThat(seeks).containsEntry(0, 10L);
    }

    @Test
    void countsNothingForAppliedBatch() {
        process(0, 10);

        process(0, 10);

        assertThat(fixture.storedCounts()).containsExactly(10L, 10L, 0L, 0L);
    }

    @Test
    void appliesLowOffsetsOfRecreatedTopic() {
        process(500, 510);
        assertThat(seeks).containsEntry(0, 0L);
        fixture.jdbc.update("update consumer_offsets set next_offset = 500 where topic = ?", fixture.topic.name());
        processor.loadOffsets(List.of(0));
        end = 3;

        process(0, 3);

        assertThat(fixture.storedCounts()).containsExactly(3L, 3L, 0L, 0L);
        assertThat(fixture.notes()).containsExactly(0, 1, 2);
    }
}

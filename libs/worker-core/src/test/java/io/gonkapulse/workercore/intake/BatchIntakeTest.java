package io.gonkapulse.workercore.intake;

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

/** Orders of delivery that a container makes only when a rebalance and a failure meet. */
@RealInfrastructure
class BatchIntakeTest {

    private final Workbench bench;
    private final BatchIntake<List<Integer>> intake;
    private final Map<Integer, Long> soughtTo = new HashMap<>();
    private long end = 1_000;

    BatchIntakeTest(TestBroker broker, TestDatabase database) {
        this.bench = new Workbench(broker, database, 2);
        this.intake = bench.bare(new Notes(bench.jdbc));
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

    private void take(int from, int to) {
        take(intake, from, to);
    }

    private void take(BatchIntake<?> intake, int from, int to) {
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>(
                        bench.topic.name(), 0, offset, (byte[]) null, ("n" + offset).getBytes(UTF_8)))
                .toList();
        intake.take(new Batch(records), new BatchIntake.Reader() {
            @Override
            public void seek(int partition, long offset) {
                soughtTo.put(partition, offset);
            }

            @Override
            public long end(int partition) {
                return end;
            }
        });
    }

    @Test
    void aBatchThatOverlapsWhatIsAppliedCountsItsNewRecordsOnly() {
        take(0, 10);

        take(5, 15);

        assertThat(bench.counters()).containsExactly(15L, 15L, 0L, 0L);
        assertThat(bench.kept()).containsExactly(15L, 15L, 0L, 0L);
    }

    @Test
    void aBatchThatWaitedWhileItsPartitionWasElsewhereCountsItsNewRecordsOnly() {
        take(0, 10);
        intake.forget(List.of(0));
        intake.resume(List.of(0));

        take(0, 12);
        take(10, 20);

        assertThat(bench.kept()).containsExactly(20L, 20L, 0L, 0L);
        assertThat(bench.notes()).hasSize(20);
    }

    @Test
    void aBatchThatIsOvertakenWhileItIsWrittenLeavesNothing() {
        AtomicBoolean overtaken = new AtomicBoolean();
        AtomicReference<@Nullable BatchIntake<?>> self = new AtomicReference<>();
        Notes notes = new Notes(bench.jdbc);
        BatchIntake<List<Integer>> slow = bench.bare(new BatchHandler<List<Integer>>() {
            @Override
            public List<Integer> reduce(Batch batch, Rejections rejections) {
                if (overtaken.compareAndSet(false, true)) {
                    take(requireNonNull(self.get()), 0, 10);
                }
                return notes.reduce(batch, rejections);
            }

            @Override
            public long write(List<Integer> numbers) {
                return notes.write(numbers);
            }
        });
        self.set(slow);

        take(slow, 0, 10);

        assertThat(bench.counters()).containsExactly(10L, 10L, 0L, 0L);
        assertThat(bench.kept()).containsExactly(10L, 10L, 0L, 0L);
        assertThat(soughtTo).containsEntry(0, 10L);
    }

    @Test
    void aBatchThatIsAppliedAlreadyCountsNothing() {
        take(0, 10);

        take(0, 10);

        assertThat(bench.kept()).containsExactly(10L, 10L, 0L, 0L);
    }

    @Test
    void lowOffsetsOfATopicThatWasMadeAnewAreNewRecords() {
        take(500, 510);
        assertThat(soughtTo).containsEntry(0, 0L);
        bench.jdbc.update("update consumer_offsets set next_offset = 500 where topic = ?", bench.topic.name());
        intake.resume(List.of(0));
        end = 3;

        take(0, 3);

        assertThat(bench.kept()).containsExactly(3L, 3L, 0L, 0L);
        assertThat(bench.notes()).containsExactly(0, 1, 2);
    }
}

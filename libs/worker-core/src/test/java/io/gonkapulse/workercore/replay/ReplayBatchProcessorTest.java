package io.gonkapulse.workercore.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Recovery after a transient failure is covered by SnapshotReplayTest. */
class ReplayBatchProcessorTest {

    private static final TopicConsumerProperties SETTINGS = new TopicConsumerProperties(
            1, 10, DataSize.ofMegabytes(1), DataSize.ofMegabytes(32), Duration.ofMillis(10), Duration.ofMillis(20));

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void givesUpAfterSixMaximumBackOffs() {
        ConcurrencyFailureException failure = new ConcurrencyFailureException("again");

        assertThatThrownBy(() -> failingWith(failure).apply(twoRecords())).isSameAs(failure);

        // Delays of 10, 20, 20, 20, 20, 20 and 20 ms reach the limit of 120 ms.
        assertThat(tries).hasValue(8);
    }

    @Test
    void doesNotRetryInvalidRecord() {
        assertThat(failingWith(new IllegalStateException("Expected another")).apply(twoRecords()))
                .isEqualTo(new ReplayBatchProcessor.ReplayBatchResult(0, 2));

        assertThat(tries).as("the whole, and each half").hasValue(3);
    }

    private ReplayBatchProcessor<Integer> failingWith(RuntimeException failure) {
        return new ReplayBatchProcessor<>(
                new BatchHandler<Integer>() {
                    @Override
                    public Integer reduce(ConsumerBatch batch, DeadLetterBuffer rejections) {
                        tries.incrementAndGet();
                        throw failure;
                    }

                    @Override
                    public long write(Integer work) {
                        return work;
                    }
                },
                new TransactionTemplate(),
                SETTINGS);
    }

    private static ConsumerBatch twoRecords() {
        return ConsumerBatch.of("topic", 0, List.of("one".getBytes(UTF_8), "two".getBytes(UTF_8)));
    }
}

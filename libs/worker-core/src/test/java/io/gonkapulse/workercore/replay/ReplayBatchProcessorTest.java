package io.gonkapulse.workercore.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import io.gonkapulse.workercore.consumer.TestConsumerProperties;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** Recovery after a transient failure is covered by SnapshotReplayTest. */
class ReplayBatchProcessorTest {

    private static final TopicConsumerProperties SETTINGS =
            TestConsumerProperties.of(Map.of("consumer.initial-back-off", "10ms", "consumer.max-back-off", "20ms"));

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
        return new ConsumerBatch(List.of(
                new ConsumerRecord<>("topic", 0, 0, (byte[]) null, "one".getBytes(UTF_8)),
                new ConsumerRecord<>("topic", 0, 1, (byte[]) null, "two".getBytes(UTF_8))));
    }
}

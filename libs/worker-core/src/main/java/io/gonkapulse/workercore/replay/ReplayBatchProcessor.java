package io.gonkapulse.workercore.replay;

import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.DeadLetterBuffer;
import io.gonkapulse.workercore.consumer.FailureClassifier;
import io.gonkapulse.workercore.consumer.FailureClassifier.FailureKind;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Applies batches for a command, outside the consumer group: no offset advances, and invalid
 * records are skipped.
 *
 * <p>No container delivers a batch again here, so transient failures are retried in place, and only
 * for a limited time, because a user waits.
 */
public final class ReplayBatchProcessor<W> {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayBatchProcessor.class);

    /** About one minute with the default settings. */
    private static final int MAX_BACK_OFFS = 6;

    private final BatchHandler<W> handler;
    private final TransactionTemplate transaction;
    private final RetryTemplate retry;

    /** @param settings whose back-off is used; six maximum delays bound all retries */
    public ReplayBatchProcessor(
            BatchHandler<W> handler, TransactionTemplate transaction, TopicConsumerProperties settings) {
        this.handler = handler;
        this.transaction = transaction;
        ExponentialBackOff backOff = settings.backOff();
        backOff.setMaxElapsedTime(settings.maxBackOff().toMillis() * MAX_BACK_OFFS);
        this.retry = new RetryTemplate(RetryPolicy.builder()
                .backOff(backOff)
                .predicate(failure -> FailureClassifier.classify(failure) == FailureKind.TRANSIENT)
                .build());
    }

    /**
     * Result of a batch.
     *
     * @param stored records that became the stored state
     * @param invalid records that do not decode, or that the database refused
     */
    public record ReplayBatchResult(long stored, long invalid) {

        ReplayBatchResult plus(ReplayBatchResult other) {
            return new ReplayBatchResult(stored + other.stored, invalid + other.invalid);
        }
    }

    /** Applies the whole batch. Throws the failure if it stays transient for too long. */
    public ReplayBatchResult apply(ConsumerBatch batch) {
        try {
            return retry.invoke(() -> applyWhole(batch));
        } catch (RuntimeException e) {
            if (FailureClassifier.classify(e) == FailureKind.TRANSIENT) {
                throw e;
            }
            int middle = batch.size() / 2;
            return middle == 0
                    ? new ReplayBatchResult(0, batch.receivedCount())
                    : apply(batch.slice(0, middle)).plus(apply(batch.slice(middle, batch.size())));
        }
    }

    private ReplayBatchResult applyWhole(ConsumerBatch batch) {
        DeadLetterBuffer invalidRecords = new DeadLetterBuffer();
        try {
            ConsumerBatch usable = batch.withoutPlaceholders();
            W work = handler.reduce(usable, invalidRecords);
            Long stored = transaction.execute(status -> handler.write(work));
            return new ReplayBatchResult(stored, invalidRecords.all().size() + batch.receivedCount() - usable.size());
        } catch (RuntimeException e) {
            if (FailureClassifier.classify(e) == FailureKind.TRANSIENT) {
                LOG.warn("{} records will be retried: {}", batch.size(), e.toString());
            }
            throw e;
        }
    }
}

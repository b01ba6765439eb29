package io.gonkapulse.workercore.replay;

import io.gonkapulse.workercore.consumer.BatchHandler;
import io.gonkapulse.workercore.consumer.ConsumerBatch;
import io.gonkapulse.workercore.consumer.FailureClassifier;
import io.gonkapulse.workercore.consumer.FailureKind;
import io.gonkapulse.workercore.consumer.InvalidRecordBuffer;
import io.gonkapulse.workercore.consumer.TopicConsumerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Applies batches outside the group: nobody's position moves, and what cannot be used is passed over. No container brings
 * a batch again here, so failing surroundings are waited for on the spot, and not for ever: a command has its user.
 */
public final class ReplayBatchProcessor<W> {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayBatchProcessor.class);

    /** With the default settings these are a minute. */
    private static final int MAX_BACK_OFFS = 6;

    private final BatchHandler<W> handler;
    private final TransactionTemplate transaction;
    private final RetryTemplate retry;

    /** @param settings whose pauses these are; six of the longest bound them all */
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
     * What a batch came to.
     *
     * @param stored now in the tables
     * @param invalid no messages of ours, or refused by the database
     */
    public record ReplayBatchResult(long stored, long invalid) {

        ReplayBatchResult plus(ReplayBatchResult other) {
            return new ReplayBatchResult(stored + other.stored, invalid + other.invalid);
        }
    }

    /** All of it, or an exception where the surroundings went on failing. */
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
        InvalidRecordBuffer invalidRecords = new InvalidRecordBuffer();
        try {
            ConsumerBatch usable = batch.withoutPlaceholders();
            W work = handler.reduce(usable, invalidRecords);
            Long stored = transaction.execute(status -> handler.write(work));
            return new ReplayBatchResult(stored, invalidRecords.all().size() + batch.receivedCount() - usable.size());
        } catch (RuntimeException e) {
            if (FailureClassifier.classify(e) == FailureKind.TRANSIENT) {
                LOG.warn("{} records are put off: {}", batch.size(), e.toString());
            }
            throw e;
        }
    }
}

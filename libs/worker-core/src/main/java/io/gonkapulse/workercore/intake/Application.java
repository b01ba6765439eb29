package io.gonkapulse.workercore.intake;

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
public final class Application<W> {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    /** With the default settings these are a minute. */
    private static final int LONGEST_PAUSES = 6;

    private final BatchHandler<W> handler;
    private final TransactionTemplate transaction;
    private final RetryTemplate patience;

    /** @param settings whose pauses these are; six of the longest bound them all */
    public Application(BatchHandler<W> handler, TransactionTemplate transaction, IntakeSettings settings) {
        this.handler = handler;
        this.transaction = transaction;
        ExponentialBackOff pauses = settings.backOff();
        pauses.setMaxElapsedTime(settings.longestBackOff().toMillis() * LONGEST_PAUSES);
        this.patience = new RetryTemplate(RetryPolicy.builder()
                .backOff(pauses)
                .predicate(failure -> FailureClassifier.judge(failure) == Verdict.WAIT)
                .build());
    }

    /**
     * What a batch came to.
     *
     * @param stored now in the tables
     * @param unusable no messages of ours, or refused by the database
     */
    public record Outcome(long stored, long unusable) {

        Outcome plus(Outcome other) {
            return new Outcome(stored + other.stored, unusable + other.unusable);
        }
    }

    /** All of it, or an exception where the surroundings went on failing. */
    public Outcome apply(Batch batch) {
        try {
            return patience.invoke(() -> applyWhole(batch));
        } catch (RuntimeException e) {
            if (FailureClassifier.judge(e) == Verdict.WAIT) {
                throw e;
            }
            int middle = batch.size() / 2;
            return middle == 0
                    ? new Outcome(0, batch.received())
                    : apply(batch.part(0, middle)).plus(apply(batch.part(middle, batch.size())));
        }
    }

    private Outcome applyWhole(Batch batch) {
        Rejections rejections = new Rejections();
        try {
            Batch usable = batch.withoutStandIns();
            W work = handler.reduce(usable, rejections);
            Long stored = transaction.execute(status -> handler.write(work));
            return new Outcome(stored, rejections.all().size() + batch.received() - usable.size());
        } catch (RuntimeException e) {
            if (FailureClassifier.judge(e) == Verdict.WAIT) {
                LOG.warn("{} records are put off: {}", batch.size(), e.toString());
            }
            throw e;
        }
    }
}

package io.gonkapulse.workercore.intake;

import org.springframework.transaction.support.TransactionTemplate;

/** Applies batches outside the group: nobody's position moves, and what cannot be used is passed over. */
public final class Application<W> {

    private final BatchHandler<W> handler;
    private final TransactionTemplate transaction;

    public Application(BatchHandler<W> handler, TransactionTemplate transaction) {
        this.handler = handler;
        this.transaction = transaction;
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

    /** All of it, or an exception where the surroundings failed. */
    public Outcome apply(Batch batch) {
        try {
            return applyWhole(batch);
        } catch (RuntimeException e) {
            if (FailureClassifier.judge(e) == Verdict.WAIT) {
                throw e;
            }
            int middle = batch.size() / 2;
            return middle == 0
                    ? new Outcome(0, batch.size())
                    : apply(batch.part(0, middle)).plus(apply(batch.part(middle, batch.size())));
        }
    }

    private Outcome applyWhole(Batch batch) {
        Rejections rejections = new Rejections();
        W work = handler.reduce(batch, rejections);
        Long stored = transaction.execute(status -> handler.write(work));
        return new Outcome(stored, rejections.all().size());
    }
}

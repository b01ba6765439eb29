package io.gonkapulse.trackerpoller.backfill;

import io.gonkapulse.contracts.TrackerCommand.Backfill;

/**
 * An order as it was received.
 *
 * @param done to be called when the order need not be received again
 */
public record BackfillOrder(Backfill backfill, Runnable done) {

    boolean isFurtherThan(BackfillOrder other) {
        return backfill.fromEpoch() > other.backfill.fromEpoch();
    }
}

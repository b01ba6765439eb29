package io.gonkapulse.trackerpoller.background;

import io.gonkapulse.contracts.TrackerCommand.BackfillEpochs;

/**
 * An order as it was received.
 *
 * @param acknowledge to be called when the order need not be received again
 */
public record BackfillTask(BackfillEpochs backfill, Runnable acknowledge) {

    boolean isFurtherThan(BackfillTask other) {
        return backfill.fromEpoch() > other.backfill.fromEpoch();
    }
}

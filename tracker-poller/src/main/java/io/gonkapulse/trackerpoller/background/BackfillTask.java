package io.gonkapulse.trackerpoller.background;

import io.gonkapulse.contracts.TrackerCommand.BackfillEpochs;

/**
 * A received backfill command.
 *
 * @param acknowledge called when Kafka need not redeliver the command
 */
public record BackfillTask(BackfillEpochs backfill, Runnable acknowledge) {

    boolean isFurtherThan(BackfillTask other) {
        return backfill.fromEpoch() > other.backfill.fromEpoch();
    }
}

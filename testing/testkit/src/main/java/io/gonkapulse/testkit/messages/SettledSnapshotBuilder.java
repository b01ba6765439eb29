package io.gonkapulse.testkit.messages;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Settlement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds a settled snapshot. The default is an exact, claimed reward. */
public final class SettledSnapshotBuilder extends SnapshotBuilder<SettledSnapshotBuilder> {

    private Ngonka rewarded = Ngonka.of(38_627_452_617_213L);
    private ClaimState claim = ClaimState.CLAIMED;
    private boolean approximate;
    private Instant settledAt = Instant.parse("2025-12-08T02:41:00Z");
    private @Nullable Long settledHeight = 1_627_595L;
    private @Nullable Instant forfeitedAt;

    SettledSnapshotBuilder() {
        // The epoch before the one of live snapshots, as trackers report it.
        epoch(104);
    }

    @Override
    SettledSnapshotBuilder self() {
        return this;
    }

    public SettledSnapshotBuilder rewarded(long ngonka) {
        return rewarded(Ngonka.of(ngonka));
    }

    public SettledSnapshotBuilder rewarded(Ngonka value) {
        rewarded = value;
        return this;
    }

    /** The reward exists but is not claimed yet. */
    public SettledSnapshotBuilder unclaimed() {
        claim = ClaimState.UNCLAIMED;
        forfeitedAt = null;
        return this;
    }

    /** The reward was not claimed in time and is burned. */
    public SettledSnapshotBuilder forfeitedAt(Instant value) {
        claim = ClaimState.FORFEITED;
        forfeitedAt = value;
        return this;
    }

    /** Marks the reward as rounded to whole GNK, as some trackers report it. */
    public SettledSnapshotBuilder approximate() {
        approximate = true;
        return this;
    }

    public SettledSnapshotBuilder settledAt(Instant value) {
        settledAt = value;
        return this;
    }

    public SettledSnapshotBuilder settledHeight(@Nullable Long value) {
        settledHeight = value;
        return this;
    }

    public SettledSnapshot build() {
        Settlement settlement = new Settlement(rewarded, claim, approximate, settledAt, settledHeight, forfeitedAt);
        return new SettledSnapshot(node, epoch, origin(), counters(), settlement);
    }
}

package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The epoch whose proof of compute began last: the running one, or the next one during its preparation.
 *
 * @param settlesPrevious the block that pays the epoch before
 * @param becomesCurrent the block at which it becomes the running epoch
 * @param nextStart the block at which the next epoch begins
 */
record LatestEpoch(
        long epoch,
        @Nullable String phase,
        @Nullable Long settlesPrevious,
        @Nullable Long becomesCurrent,
        @Nullable Long nextStart) {

    private static final int MAX_PHASE_LENGTH = 50;
    private static final TrackerRequest REQUEST = TrackerRequest.get("/v1/epochs/latest");
    private static final JsonObjectShape SHAPE = JsonObjectShape.of(
            "latest_epoch.index",
            "phase",
            "epoch_stages.poc_validation_end",
            "epoch_stages.set_new_validators",
            "epoch_stages.next_poc_start");

    /** Optional, because a poll can do without it. */
    static Optional<LatestEpoch> fetch(TrackerClient client) {
        try {
            return Optional.of(JsonBody.fetch(client, REQUEST, SHAPE, LatestEpoch::read));
        } catch (TrackerRequestException e) {
            return Optional.empty();
        }
    }

    private static LatestEpoch read(JsonEntry entry) {
        return new LatestEpoch(
                entry.requiredNumber("latest_epoch.index"),
                entry.text("phase", MAX_PHASE_LENGTH),
                entry.number("epoch_stages.poc_validation_end"),
                entry.number("epoch_stages.set_new_validators"),
                entry.number("epoch_stages.next_poc_start"));
    }

    /** Whether this epoch, later than {@code other}, runs at a height. */
    boolean runsInsteadOf(long other, long height) {
        return epoch > other && becomesCurrent != null && height >= becomesCurrent;
    }

    /** Null during the preparation of the next epoch, because the field then describes the one after it. */
    @Nullable
    Long nextStartAfter(long running) {
        return epoch == running ? nextStart : null;
    }
}

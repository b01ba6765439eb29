package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * The result of one poll of the running epoch.
 *
 * @param observed empty when the poll failed
 * @param retryable whether publishing failed for a transient reason, so that a poll before the next scheduled one may
 *     succeed
 */
public record PollResult(Poll poll, Optional<ObservedEpoch> observed, boolean retryable) {

    /** The running epoch and its nodes. */
    public record ObservedEpoch(long epoch, Set<NodeIdentifier> nodes) {}

    static PollResult success(Poll poll, long epoch, Set<NodeIdentifier> nodes) {
        return new PollResult(poll, Optional.of(new ObservedEpoch(epoch, Collections.unmodifiableSet(nodes))), false);
    }

    static PollResult failed(Poll poll) {
        return new PollResult(poll, Optional.empty(), false);
    }

    static PollResult unpublished(Poll poll, PublishFailedException failure) {
        return new PollResult(poll, Optional.empty(), !failure.isRejected());
    }
}

package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * What a poll of the running epoch brought.
 *
 * @param observed empty when it brought nothing
 * @param retryable whether it could not be published for the moment: another poll soon may have more luck
 */
public record PollResult(Poll poll, Optional<ObservedEpoch> observed, boolean retryable) {

    /** The epoch that runs, and who is in it. */
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

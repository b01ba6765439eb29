package io.gonkapulse.trackerpoller.poll;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.trackerpoller.publish.PublishFailedException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * What a poll of the running epoch brought.
 *
 * @param seen empty when it brought nothing
 * @param lost whether it could not be published for the moment: another poll soon may have more luck
 */
public record PollResult(Poll poll, Optional<Seen> seen, boolean lost) {

    /** The epoch that runs, and who is in it. */
    public record Seen(long epoch, Set<NodeIdentifier> nodes) {}

    static PollResult of(Poll poll, long epoch, Set<NodeIdentifier> nodes) {
        return new PollResult(poll, Optional.of(new Seen(epoch, Collections.unmodifiableSet(nodes))), false);
    }

    static PollResult failed(Poll poll) {
        return new PollResult(poll, Optional.empty(), false);
    }

    static PollResult unpublished(Poll poll, PublishFailedException failure) {
        return new PollResult(poll, Optional.empty(), !failure.isRefused());
    }
}

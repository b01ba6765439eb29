package io.gonkapulse.trackerpoller.poll;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * What a poll of the running epoch brought.
 *
 * @param seen empty when it brought nothing
 */
public record PollResult(Poll poll, Optional<Seen> seen) {

    /** The epoch that runs, and who is in it. */
    public record Seen(long epoch, Set<NodeIdentifier> nodes) {}

    static PollResult of(Poll poll, long epoch, Set<NodeIdentifier> nodes) {
        return new PollResult(poll, Optional.of(new Seen(epoch, Collections.unmodifiableSet(nodes))));
    }

    static PollResult failed(Poll poll) {
        return new PollResult(poll, Optional.empty());
    }
}
